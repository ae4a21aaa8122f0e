import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compareDocuments } from './compare-documents.ts';
import { decodeBody } from './decode-body.ts';
import { calendarWords } from './terms.ts';

const record = (texts: string[] = [], urls: string[] = [], complete = true) => ({
  texts,
  urls,
  ambient: calendarWords('en-US'),
  complete,
});

const served =
  '<!doctype html><title>T</title><body><div id="app"></div><p>Served words stay.</p><script src="/app.js"></script>';

it('counts what scripts added and removed', () => {
  const shown =
    '<html><head><title>T</title></head><body><div id="app"><p>Hello</p><img src="/a.png"></div><script src="/app.js"></script></body></html>';
  expect(compareDocuments(served, shown, record(['Hello', '/a.png']))).toEqual({
    servedElements: 4,
    shownElements: 5,
    addedElements: 1,
    removedElements: 0,
    addedText: 5,
    scripts: 1,
    unexplained: [],
  });
});

it('finds no change in what a browser makes of a page without scripts', () => {
  const table = '<table><tr><td>a<td>b &eacute;</table><p>c<p>d';
  const shown =
    '<html><head></head><body><table><tbody><tr><td>a</td><td>b é</td></tr></tbody></table><p>c</p><p>d</p></body></html>';
  expect(compareDocuments(table, shown, record())).toMatchObject({
    addedElements: 0,
    removedElements: 0,
    addedText: 0,
    unexplained: [],
  });
});

const sentence = 'The minister signed the secret agreement yesterday evening';

it.each([
  ['a script', `const t = "${sentence}";`],
  ['a script with escapes', `const t="The minister signed the secret agreement \\u0079esterday evening"`],
  ['an answer with references', 'The minister signed the secret agreement yesterday &#101;vening'],
  ['pieces in several places', 'minister signed {"a":"secret agreement"} yesterday'],
  ['base64', Buffer.from(`${sentence}. ${sentence}.`).toString('base64')],
  ['an address', encodeURIComponent(sentence)],
])('knows where a text came from: %s', (_, source) => {
  const shown = `<body><p>${sentence}</p></body>`;
  expect(compareDocuments(served, shown, record([source])).unexplained).toEqual([]);
});

it('flags a text that no answer holds, in languages with and without spaces', () => {
  const shown = `<body><p>${sentence}</p><p>昨日の夜、大臣は秘密の協定に署名した</p></body>`;
  expect(compareDocuments(served, shown, record(['something else'])).unexplained).toEqual([
    `“${sentence}” is shown, and most of its words occur in no answer of the record.`,
    expect.stringContaining('大臣'),
  ]);
});

it('flags elements of an extension, a translation, and links to a place nobody named', () => {
  const font = '<font style="vertical-align: inherit;">x</font>'.repeat(3);
  const shown = `<body><iframe src="chrome-extension://abc/box.html"></iframe>${font}<a href="https://ads.injected.example/x">x</a></body>`;
  expect(compareDocuments(served, shown, record()).unexplained).toEqual([
    expect.stringContaining('an extension of the browser (chrome-extension://abc/box.html)'),
    expect.stringContaining('a translation'),
    'A <a> element points to injected.example, an address that occurs in no answer of the record.',
  ]);
});

it.each([
  ['dates in words', '<p>Sunday, November 22, five hours ago, next month, last year</p>', record()],
  [
    'an address it asked for',
    '<a href="https://cdn.site.test/x">x</a>',
    record([], ['https://www.site.test/']),
  ],
  ['a few odd words', '<p>Zyx wvu tsr</p>', record()],
  ['anything, where the record cannot be searched as a whole', `<p>${sentence}</p>`, record([], [], false)],
  ['what the served document holds', '<p>words Served stay words again Served</p>', record()],
])('does not flag %s', (_, shown, explanations) => {
  expect(compareDocuments(served, shown, explanations).unexplained).toEqual([]);
});

it.each([
  ['many texts', '<p>abc def ghi jkl mno</p>'.repeat(20_000)],
  ['elements inside one another', '<div>'.repeat(30_000)],
  ['one long text', 'lorem ipsum dolor sit amet '.repeat(100_000)],
])('is not held up by %s', (_, shown) => {
  expect(compareDocuments(shown, `${shown}<b>x</b>`, record([shown]))).toMatchObject({ unexplained: [] });
});

it('reads a body as a browser does: content coding, character set of the header, of the document', () => {
  const latin = Buffer.from('<meta charset="iso-8859-1">caf\u00e9', 'latin1');
  expect(decodeBody(gzipSync('héllo'), [['Content-Encoding', 'gzip']], false)).toBe('héllo');
  expect(decodeBody(latin, [], true)).toContain('café');
  expect(
    decodeBody(
      Buffer.from('caf\u00e9', 'latin1'),
      [['content-type', 'text/html; charset=windows-1252']],
      true,
    ),
  ).toBe('café');
  expect(decodeBody(Buffer.from('not gzip'), [['content-encoding', 'gzip']], false)).toBeNull();
});
