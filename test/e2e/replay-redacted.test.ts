import sharp from 'sharp';
import { expect, it } from 'vitest';
import { bytesSource } from '../../src/main/archive/random-access.ts';
import { redactWacz } from '../../src/main/archive/redact/redact.ts';
import { MemorySink } from '../conformance/sinks.ts';
import { deepSearch } from '../support/deep-search.ts';
import { stageReplay } from './replay/stage.ts';

const site = 'http://members.example';
const [session, token] = ['s9Kq27LmX4vTzR', 't8Wp35NbY6cHdQ'];
const photo = await sharp({ create: { width: 24, height: 16, channels: 3, background: '#b42828' } })
  .png()
  .toBuffer();

it('a working copy without credentials is replayed, pictures behind a token included', async () => {
  const pages = {
    [`${site}/wall`]: {
      mediaType: 'text/html; charset=utf-8',
      headers: [['Set-Cookie', `sid=${session}; HttpOnly`] satisfies [string, string]],
      body: `<!doctype html><title>Wall</title><h1>The wall of a group</h1><img id="photo" src="/photo.png?access_token=${token}">
        <p id="by">by nobody yet</p><script src="/feed.js?sig=${token}"></script>`,
    },
    [`${site}/photo.png?access_token=${token}`]: { mediaType: 'image/png', body: photo },
    [`${site}/feed.js?sig=${token}`]: {
      mediaType: 'text/javascript',
      body: 'document.getElementById("by").textContent = "by a member"',
    },
  };
  let copy = new Uint8Array(0);
  const stage = await stageReplay(pages, {
    framed: true,
    copied: async (sealed) => {
      const sink = new MemorySink();
      await redactWacz(bytesSource(sealed), sink);
      copy = Uint8Array.from(sink.bytes());
      return copy;
    },
  });
  try {
    const frame = await stage.replayed(`${site}/wall`);
    await frame.waitForFunction(() => document.getElementById('by')?.textContent === 'by a member');
    await frame.waitForFunction(() => document.querySelector('img')?.complete === true);
    expect(await frame.evaluate(() => document.querySelector('img')?.naturalWidth)).toBe(24);
    expect(await frame.evaluate(() => document.querySelector('h1')?.textContent)).toBe('The wall of a group');
    expect(await deepSearch('copy.wacz', copy, [session, token])).toEqual([]);
  } finally {
    await stage.close();
  }
});
