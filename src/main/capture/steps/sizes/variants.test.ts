import { expect, it } from 'vitest';
import { conditionalCss, cssUrls, srcsetUrls } from './variants.ts';

it.each<[string, string[]]>([
  ['a.png 1x, b.png 2x', ['a.png', 'b.png']],
  ['a.png,b.png 2x', ['a.png,b.png']],
  ['a.png, b.png', ['a.png', 'b.png']],
  ['/w_200,h_100/a.png 200w, /w_400,h_200/a.png 400w', ['/w_200,h_100/a.png', '/w_400,h_200/a.png']],
  ['data:image/png;base64,AA== 1x,\n\tc.png 3x', ['data:image/png;base64,AA==', 'c.png']],
  ['a.png (1x, 2), b.png', ['a.png', 'b.png']],
  [' , ,', []],
])('reads the addresses of a srcset: %s', (srcset, urls) => {
  expect(srcsetUrls(srcset)).toEqual(urls);
});

it('reads the addresses of pictures in CSS', () => {
  expect(cssUrls(`background: url(a.png), url("b (1).png"), url( 'c.png' )`)).toEqual([
    'a.png',
    'b (1).png',
    'c.png',
  ]);
  expect(cssUrls(`image-set("d.avif" type("image/avif") 1x, url(e.png) 2x)`)).toEqual(['e.png', 'd.avif']);
});

it('takes from a sheet what is loaded in other windows only', () => {
  const sheet = `p { background: url(plain.png) } /* @media (x) { url(no.png) } */
    @media (min-width: 5000px) { p { background: url(wide.png) } @supports (a: b) { i { background: url(deep.png) } } }
    @media print { p { background: url(print.png) } } q { background: image-set(url(one.png) 1x, "two.png" 2x) }`;
  expect(cssUrls(conditionalCss(sheet))).toEqual(['wide.png', 'deep.png', 'one.png', 'two.png']);
});
