import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorInputSchema, roleSchema } from '../../src/shared/domain/actor.ts';
import { ask } from '../fixtures/sample-site/ask.ts';
import { demoCast } from '../fixtures/sample-site/demo-cast.ts';
import { Album } from '../fixtures/sample-site/pictures/album.ts';
import { sha256 } from '../fixtures/sample-site/served-log.ts';
import { startSampleSite, type SampleSite, type ServedAnswer } from '../fixtures/sample-site/server.ts';

const decoders: Record<string, (body: Buffer) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
};

const statusOf = async (url: string) => (await ask(url)).status;

const call = (id: string) =>
  JSON.stringify({ operation: 'Thread', variables: { id: id.split('/').at(-1) ?? '', cursor: null } });

let site: SampleSite;
beforeAll(async () => {
  site = await startSampleSite({ clock: () => new Date('2026-03-24T08:00:00.000Z') });
});
afterAll(() => site.close());

function logged(url: string): ServedAnswer {
  const found = site.log().findLast((answer) => answer.url === url);
  if (!found) throw new Error(`${url} was not logged`);
  return found;
}

/** Addresses a page names in its HTML: links, sources and source sets. */
function named(html: string, base: string): string[] {
  const found: string[] = [];
  for (const [, name, value = ''] of html.matchAll(/\s(href|src|poster|srcset)="([^"]*)"/g)) {
    const parts =
      name === 'srcset' ? value.split(',').map((part) => part.trim().split(' ')[0] ?? '') : [value];
    for (const part of parts)
      found.push(new URL(part.replaceAll('&amp;', '&'), base).href.replace(/#.*$/, ''));
  }
  return found.filter((url) => url.startsWith('http:'));
}

describe('the sample site', () => {
  it('serves the same bytes for the same seed and port, and others for another seed', async () => {
    const paths = [
      'article',
      'thread',
      'congress',
      'memorandum',
      'video',
      'photographs',
      'cyrillic',
    ] as const;
    const serve = async (seed: number, port: number) => {
      const started = await startSampleSite({ seed, port });
      const bodies = new Map<string, string>();
      for (const name of paths) bodies.set(name, sha256((await ask(started.urls[name])).body));
      const { origin } = new URL(started.urls.thread);
      const posts = await ask(`${origin}/api/graphql`, { method: 'POST', body: call(started.urls.thread) });
      bodies.set('posts', sha256(posts.body));
      bodies.set('avatar', sha256((await ask(`${origin}/avatars/kamran_7712.webp`)).body));
      await started.close();
      return { port: started.port, bodies };
    };
    const first = await serve(1, 0);
    const again = await serve(1, first.port);
    expect([...again.bodies]).toEqual([...first.bodies]);
    const other = await serve(2, first.port);
    expect(other.bodies.get('posts')).not.toBe(first.bodies.get('posts'));
    expect(other.bodies.get('avatar')).not.toBe(first.bodies.get('avatar'));
  });

  it('draws the same photographs twice for the same seed', async () => {
    const served = await ask(`${new URL(site.urls.thread).origin}/media/montage-320.webp`);
    expect(sha256(await new Album(1).picture('montage', 320, 'webp'))).toBe(sha256(served.body));
  });

  it('logs every answer as it left: headers in order with repeats, bytes as sent and as meant', async () => {
    const { origin } = new URL(site.urls.article);
    const asked = [
      { url: site.urls.article, encoding: 'gzip' },
      { url: `${origin}/api/mots-cles.json`, encoding: 'deflate' },
      { url: site.urls.profile, encoding: 'br' },
      { url: site.urls.memorandum, encoding: null },
      { url: site.urls.articleShort, encoding: null },
    ];
    for (const { url, encoding } of asked) {
      const answer = await ask(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } });
      const entry = logged(url);
      expect(entry.responseHeaders).toEqual(answer.headers);
      expect(entry).toMatchObject({ status: answer.status, encoding, method: 'GET' });
      await expect.poll(() => logged(url).state).toBe('complete');
      expect(entry.at).toBe('2026-03-24T08:00:00.000Z');
      expect([entry.bytes, entry.sha256]).toEqual([answer.body.length, sha256(answer.body)]);
      const meant = encoding === null ? answer.body : decoders[encoding]?.(answer.body);
      expect(meant && sha256(meant)).toBe(entry.decodedSha256);
    }
    const cookies = logged(site.urls.article).responseHeaders.filter(([name]) => name === 'Set-Cookie');
    expect(cookies).toHaveLength(2);
    expect((await ask(site.urls.article)).headers.map(([name]) => name)).not.toContain('Content-Encoding');
  });

  it('logs what a request carried, and nothing sent for a HEAD', async () => {
    const api = `${new URL(site.urls.thread).origin}/api/graphql`;
    const body = call(site.urls.thread);
    await ask(api, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(logged(api).requestBody).toEqual({ bytes: body.length, sha256: sha256(Buffer.from(body)) });
    expect(logged(api).requestHeaders).toContainEqual(['content-type', 'application/json']);
    await ask(site.urls.congress, { method: 'HEAD' });
    expect(logged(site.urls.congress)).toMatchObject({ method: 'HEAD', bytes: 0, status: 200 });
    site.clearLog();
    expect(site.log()).toEqual([]);
  });

  it('answers ranges of the video that add up to the whole', async () => {
    const clip = `${new URL(site.urls.video).origin}/media/clip.webm`;
    const whole = (await ask(clip)).body;
    const part = async (range: string) => ask(clip, { headers: { range } });
    const middle = whole.length >> 1;
    const first = await part(`bytes=0-${middle - 1}`);
    expect(first.status).toBe(206);
    expect(logged(clip).range).toEqual({ start: 0, end: middle - 1, total: whole.length });
    const rest = await part(`bytes=${middle}-`);
    expect(Buffer.concat([first.body, rest.body]).equals(whole)).toBe(true);
    expect((await part('bytes=-10')).body.equals(whole.subarray(-10))).toBe(true);
    expect((await part(`bytes=${whole.length}-`)).status).toBe(416);
  });

  it('has every page of the story, and everything those pages name', async () => {
    const { article, newspaper, organisation, congress, thread, hashtag, profile, video, photographs } =
      site.urls;
    const pages = [article, newspaper, organisation, congress, thread, hashtag, profile, video, photographs];
    const references = new Set<string>();
    for (const url of pages) {
      const answer = await ask(url);
      expect([url, answer.status]).toEqual([url, 200]);
      const html = answer.body.toString();
      expect(html).toMatch(/nvent(ed|ée) (for|pour) Constat/);
      for (const reference of named(html, url)) references.add(reference);
    }
    expect(references.size).toBeGreaterThan(50);
    const broken: [string, number][] = [];
    for (const url of references) {
      const { status } = await ask(url);
      if (status !== 200 && status !== 301 && status !== 302) broken.push([url, status]);
    }
    expect(broken).toEqual([]);
  });

  it('leads from the short address to the article by 301 and 302', async () => {
    const chain: number[] = [];
    let url = site.urls.articleShort;
    for (;;) {
      const { status, headers } = await ask(url);
      chain.push(status);
      const location = headers.find(([name]) => name === 'Location')?.[1];
      if (location === undefined) break;
      url = new URL(location, url).href;
    }
    expect([chain, url]).toEqual([[301, 302, 200], site.urls.article]);
  });

  it('fails in the ways it promises', async () => {
    expect(await statusOf(site.urls.missing)).toBe(404);
    expect(await statusOf(site.urls.soft404)).toBe(200);
    expect(await statusOf(site.urls.broken)).toBe(500);
    expect(await statusOf(site.urls.redirectLoop)).toBe(302);
    expect(await statusOf('http://nobody.localhost:' + site.port)).toBe(200);
    const gazette = await ask(site.urls.cyrillic);
    expect(new TextDecoder('windows-1251').decode(gazette.body)).toContain('Указ № 87');
    await expect(ask(site.urls.cut)).rejects.toThrow();
    await expect.poll(() => logged(site.urls.cut).state).toBe('cut');
    const download = await ask(site.urls.download.replace('mb=200', 'mb=3'));
    expect(download.body.length).toBe(3 * 1024 * 1024);
    expect(site.log().at(-1)?.sha256).toBe(sha256(download.body));
  });

  it('ends an endless answer with the connection, and says it was cut', async () => {
    const { port, pathname, host } = new URL(site.urls.neverEnding);
    await new Promise<void>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: pathname, headers: { host } }, (answer) => {
        answer.once('data', () => asked.destroy());
        answer.once('close', resolve);
        answer.on('error', () => undefined);
      });
      asked.on('error', reject);
      asked.end();
    });
    await expect.poll(() => logged(site.urls.neverEnding).state).toBe('cut');
    expect(logged(site.urls.neverEnding).bytes).toBeGreaterThan(0);
  });

  it('casts actors that the application takes', () => {
    const cast = demoCast(site.urls);
    expect(new Set(cast.map((member) => member.kind)).size).toBe(5);
    for (const member of cast) {
      expect(actorInputSchema.parse(member).name).toBe(member.name);
      for (const link of member.links) {
        expect(roleSchema.parse(link.role)).toBe(link.role);
        expect(site.urls[link.page]).toMatch(/^http:/);
      }
    }
  });
});
