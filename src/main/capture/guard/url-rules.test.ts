import { describe, expect, it } from 'vitest';
import { ConstatError } from '../../../shared/problems.ts';
import { checkUrl, isWebUrl } from './url-rules.ts';

/** What comes of an address: where it leads, or the code it is refused with. */
function outcome(entered: string): string {
  try {
    return checkUrl(entered).href;
  } catch (error) {
    return error instanceof ConstatError ? error.code : String(error);
  }
}

const table: [entered: string, outcome: string][] = [
  ['https://example.org/', 'https://example.org/'],
  ['  https://example.org/a b ', 'https://example.org/a%20b'],
  ['HTTP://EXAMPLE.ORG', 'http://example.org/'],
  ['http://example.org:80/', 'http://example.org/'],
  ['https://exämple.org/ü', 'https://xn--exmple-cua.org/%C3%BC'],
  ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
  ['http://2130706433/', 'http://127.0.0.1/'],
  ['http://0x7f.1/', 'http://127.0.0.1/'],
  ['http://0177.0.0.1/', 'http://127.0.0.1/'],
  ['http://１２７.０.０.１/', 'http://127.0.0.1/'],
  ['http://127。0。0。1/', 'http://127.0.0.1/'],
  ['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/'],
  ['http://localhost./', 'http://localhost./'],
  ['http:\\\\example.org\\a', 'http://example.org/a'],
  ['http:example.org', 'http://example.org/'],
  ['ht\ntp://example.org', 'http://example.org/'],
  ['', 'URL_INVALID'],
  ['   ', 'URL_INVALID'],
  ['example.org', 'URL_INVALID'],
  ['example.org:8080/x', 'URL_INVALID'],
  ['localhost:3000', 'URL_INVALID'],
  ['//example.org/', 'URL_INVALID'],
  ['http://', 'URL_INVALID'],
  ['http:///', 'URL_INVALID'],
  ['http://exa mple.org/', 'URL_INVALID'],
  ['http://example.org:99999/', 'URL_INVALID'],
  ['http://[::1', 'URL_INVALID'],
  ['http://user:secret@example.org/', 'URL_INVALID'],
  ['http://example.org@evil.test/', 'URL_INVALID'],
  ['http://%00/', 'URL_INVALID'],
  ['file:///etc/passwd', 'URL_SCHEME'],
  ['FiLe:///etc/passwd', 'URL_SCHEME'],
  ['file://example.org/share', 'URL_SCHEME'],
  ['javascript:alert(1)', 'URL_SCHEME'],
  ['java\tscript:alert(1)', 'URL_SCHEME'],
  [' \u0001javascript:alert(1)', 'URL_SCHEME'],
  ['JAVASCRIPT://example.org/%0aalert(1)', 'URL_SCHEME'],
  ['data:text/html,<h1>x</h1>', 'URL_SCHEME'],
  ['blob:https://example.org/1', 'URL_SCHEME'],
  ['view-source:https://example.org/', 'URL_SCHEME'],
  ['about:blank', 'URL_SCHEME'],
  ['chrome://settings', 'URL_SCHEME'],
  ['chrome-extension://abc/x.html', 'URL_SCHEME'],
  ['devtools://devtools/bundled/inspector.html', 'URL_SCHEME'],
  ['ftp://example.org/', 'URL_SCHEME'],
  ['ws://example.org/', 'URL_SCHEME'],
  ['mailto:a@example.org', 'URL_SCHEME'],
  ['filesystem:https://example.org/temporary/x', 'URL_SCHEME'],
];

describe('addresses a person may enter', () => {
  it.each(table)('%j gives %s', (entered, expected) => {
    expect(outcome(entered)).toBe(expected);
  });

  it('says what was entered without letting it forge the sentence', () => {
    const name = `http://user@x/\u202e${'a'.repeat(500)}`;
    expect(() => checkUrl(name)).toThrow(/^“http:\/\/user@x\/�a{180,}…” is not a web address/);
  });
});

it('takes down only what leaves the browser', () => {
  expect(
    ['http://a/', 'HTTPS://a/', 'data:,x', 'blob:http://a/1', 'chrome://x', 'about:blank'].map(isWebUrl),
  ).toEqual([true, true, false, false, false, false]);
});
