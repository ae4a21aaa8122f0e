import { describe, expect, it } from 'vitest';
import { address, atOffset, byteCount } from './format.ts';
import { html, shown } from '../../../shared/html.ts';

describe('foreign text in a report', () => {
  it.each([
    ['<script>alert(1)</script>', '<bdi>&#60;script&#62;alert(1)&#60;/script&#62;</bdi>'],
    ['"><img src=x onerror=a>', '<bdi>&#34;&#62;&#60;img src=x onerror=a&#62;</bdi>'],
    ['a\u202Eb', '<bdi>a<span class="unseen">U+202E</span>b</bdi>'],
    ['zero\u200Bwidth', '<bdi>zero<span class="unseen">U+200B</span>width</bdi>'],
    ['nul\0', '<bdi>nul<span class="unseen">U+0000</span></bdi>'],
    ['tag\u{E0041}', '<bdi>tag<span class="unseen">U+E0041</span></bdi>'],
    ['two\r\nlines', '<bdi>two\nlines</bdi>'],
    ['half \uD800', '<bdi>half \uFFFD</bdi>'],
    ['عربي', '<bdi>عربي</bdi>'],
  ])('%j is shown and not obeyed', (text, expected) => {
    expect(shown(text).text).toBe(expected);
  });

  it('is escaped wherever it stands in a page, in lists too', () => {
    expect(html`<a title="${'"'}">${['<', html`<b>${'&'}</b>`, null, 3]}</a>`.text).toBe(
      '<a title="&#34;">&#60;<b>&#38;</b>3</a>',
    );
  });
});

describe('an address in a report', () => {
  it('is shown as the machine reads it, so that look-alikes do not pass', () => {
    expect(address('https://аррӏе.com/').text).toContain('https://xn--80ak6aa92e.com/');
    expect(address('https://xn--80ak6aa92e.com/').text).toContain('(<bdi>аррӏе.com</bdi>)');
    expect(address('https://bank.example/\u202Emoc').text).toContain('%E2%80%AEmoc');
    expect(address('no address <b>').text).toBe(
      '<span class="address"><bdi>no address &#60;b&#62;</bdi></span>',
    );
  });
});

describe('numbers and times in a report', () => {
  it('give the local time by the offset that was recorded, whatever machine writes the report', () => {
    expect(atOffset('2026-11-22T17:00:00.500Z', '+11:00')).toBe('2026-11-23 04:00:00.500');
    expect(atOffset('2026-03-01T01:00:00.000Z', '-03:30')).toBe('2026-02-28 21:30:00.000');
    expect(atOffset('2026-03-01T01:00:00.000Z', 'CET')).toBeNull();
  });

  it('give sizes short and exact', () => {
    expect(byteCount(999, 'en')).toBe('999\u00a0B');
    expect(byteCount(123_884, 'en')).toBe('124\u00a0kB (123,884)');
    expect(byteCount(2_000_000_000, 'fr')).toMatch(/^2\u00a0Go \(2.000.000.000\)$/);
  });
});
