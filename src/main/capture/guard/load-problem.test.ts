import { expect, it } from 'vitest';
import type { EgressAccount } from './egress.ts';
import { destination, loadProblem } from './load-problem.ts';

const nothing: EgressAccount = { resolved: [], refused: [], failed: [], reached: [] };
const failed = (reason: string): EgressAccount => ({
  ...nothing,
  failed: [{ host: 'a.test', port: 443, reason, address: '' }],
});

it.each([
  ['ENOTFOUND', 'NAME_NOT_RESOLVED'],
  ['EAI_AGAIN', 'NAME_NOT_RESOLVED'],
  ['ECONNREFUSED', 'CONNECTION_REFUSED'],
  ['ETIMEDOUT', 'CONNECTION_FAILED'],
  ['EHOSTUNREACH', 'CONNECTION_FAILED'],
])('a connection that ended with %s is a problem %s', (reason, code) => {
  expect(loadProblem('https://a.test/x', 'net::ERR_SOCKS_CONNECTION_FAILED', failed(reason)).code).toBe(code);
});

it('names the private address', () => {
  const refused = [{ host: 'a.test', port: 80, reason: 'a private address', address: '10.0.0.1' }];
  const problem = loadProblem('http://a.test/', 'net::ERR_SOCKS_CONNECTION_FAILED', { ...nothing, refused });
  expect(problem).toMatchObject({ code: 'ADDRESS_PRIVATE', params: { host: 'a.test', address: '10.0.0.1' } });
});

it('does not blame the failure of another port or host', () => {
  expect(loadProblem('http://a.test/', 'net::ERR_EMPTY_RESPONSE', failed('ECONNREFUSED')).code).toBe(
    'PAGE_LOAD_FAILED',
  );
});

it('knows host and port of an address', () => {
  expect(destination('https://A.test./x')).toEqual({ host: 'a.test', port: 443 });
  expect(destination('http://[::1]:8080/')).toEqual({ host: '::1', port: 8080 });
  expect(destination('wss://a.test/')).toEqual({ host: 'a.test', port: 443 });
});
