import { listenLocally } from '../../../src/main/hosts/web/listener.ts';
import sharp from 'sharp';

export interface SmallSite {
  url: string;
  /** Paths asked for, in order. */
  asked: string[];
  close(): Promise<void>;
}

/** A page with a picture, for captures that are not about capturing. */
export async function startSmallSite(): Promise<SmallSite> {
  const photo = await sharp({ create: { width: 24, height: 16, channels: 3, background: '#b42828' } })
    .png()
    .toBuffer();
  const asked: string[] = [];
  const listener = await listenLocally(0, (request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/photo.png') response.writeHead(200, { 'content-type': 'image/png' }).end(photo);
    else if (request.url !== '/') response.writeHead(404).end();
    else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        '<!doctype html><title>Small</title><h1>The bridge is closed</h1><img id="photo" src="/photo.png">',
      );
    }
  });
  return { url: `http://127.0.0.1:${listener.port}/`, asked, close: () => listener.close() };
}
