import { expect, it } from 'vitest';
import { WebSession } from './session.ts';

it('a token opens once', () => {
  const session = new WebSession(1234);
  const token = session.mint();
  expect(session.knows(token)).toBe(true);
  expect(session.redeem(token)).toBe(true);
  expect(session.redeem(token)).toBe(false);
  expect(session.knows(token)).toBe(false);
});

it.each(['', 'x', 'A'.repeat(43)])('%j opens nothing', (token) => {
  const session = new WebSession(1234);
  session.mint();
  expect(session.redeem(token)).toBe(false);
});

it('the cookie is the session’s own, unreadable by scripts and sent to no other site', () => {
  const session = new WebSession(1234);
  const [pair = '', ...attributes] = session.setCookie.split('; ');
  expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
  expect(pair).toMatch(/^constat-1234=/);
  expect(session.admits(pair)).toBe(true);
  expect(session.admits(`theme=dark; ${pair}`)).toBe(true);
  expect(new WebSession(1234).admits(pair)).toBe(false);
});

it('a cookie of the same name tossed in by another page does not lock the person out', () => {
  const session = new WebSession(1234);
  const [pair = ''] = session.setCookie.split('; ');
  expect(session.admits(`constat-1234=wrong; ${pair}`)).toBe(true);
  expect(session.admits('constat-1234=wrong')).toBe(false);
  expect(session.admits(undefined)).toBe(false);
});
