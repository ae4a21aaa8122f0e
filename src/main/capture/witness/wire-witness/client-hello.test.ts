import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { connect } from 'node:tls';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { peekClientHello } from './client-hello.ts';

let hello: Buffer;

beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    servername: 'news.example',
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  client.on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  [hello] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  server.close();
});

describe('the first bytes of a connection', () => {
  it('say which name and which protocols a TLS client asks for', () => {
    expect(peekClientHello(hello)).toEqual({
      kind: 'tls',
      hello: { serverName: 'news.example', alpn: ['h2', 'http/1.1'] },
    });
  });

  it('are waited for until they are all there, however they are cut', () => {
    for (let length = 0; length < hello.byteLength; length += 1)
      expect(peekClientHello(hello.subarray(0, length)).kind, String(length)).toBe('more');
  });

  it('are understood when the message comes in several records', () => {
    const body = hello.subarray(5);
    const records: Buffer[] = [];
    for (let at = 0; at < body.byteLength; at += 100) {
      const piece = body.subarray(at, at + 100);
      records.push(Buffer.of(0x16, 3, 1, piece.byteLength >> 8, piece.byteLength & 0xff), piece);
    }
    expect(peekClientHello(Buffer.concat(records))).toMatchObject({ hello: { serverName: 'news.example' } });
  });

  it('are plain where no TLS begins', () => {
    expect(peekClientHello(Buffer.from('GET / HTTP/1.1\r\n')).kind).toBe('plain');
    expect(peekClientHello(Buffer.of(0x16, 9, 9, 0, 1, 1)).kind).toBe('plain');
  });

  it('never break the listener, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(hello.byteLength - 1), (noise, at) => {
        const changed = Buffer.from(hello);
        changed.set(noise.subarray(0, changed.byteLength - at), at);
        expect(['more', 'plain', 'tls']).toContain(peekClientHello(changed).kind);
        expect(['more', 'plain', 'tls']).toContain(peekClientHello(noise).kind);
      }),
    );
  });
});
