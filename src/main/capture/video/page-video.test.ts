import { expect, it } from 'vitest';
import { videoOn } from './page-video.ts';

const none = { url: 'https://a.test/', html: '<p>a video, an audio and an embed/youtube</p>' };

const page = (html: string): string | null => videoOn([{ url: 'https://a.test/', html }], []);

it('knows a page with video or audio by its elements, its description, its frames and what it loaded', () => {
  expect(page('<p><video src=a.mp4></video>')).toBe('a video element');
  expect(page('<AUDIO>')).toBe('an audio element');
  expect(page('<meta content="x" property="og:video:url">')).toBe('a description of its video');
  expect(page('<script type="application/ld+json">{"@type": "VideoObject"}</script>')).toMatch(/description/);
  expect(videoOn([none, { url: 'https://www.youtube-nocookie.com/embed/x', html: '' }], [])).toBe(
    'a player of YouTube',
  );
  expect(videoOn([none], [{ url: 'x', type: 'Fetch', mimeType: 'application/vnd.apple.mpegurl' }])).toMatch(
    /loaded/,
  );
  expect(
    videoOn(
      [none, { url: 'https://www.youtube.com/about', html: '' }],
      [{ url: 'x', type: 'Image', mimeType: 'image/png' }],
    ),
  ).toBeNull();
});
