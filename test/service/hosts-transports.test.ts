import { MessageChannel } from 'node:worker_threads';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { router } from '../../src/main/api/router.ts';
import { CoreLink } from '../../src/main/hosts/electron/core-link.ts';
import { CoreService, type ServedPort } from '../../src/main/hosts/electron/core-service.ts';
import { startWebHost, type WebHost } from '../../src/main/hosts/web/host.ts';
import type { contract } from '../../src/shared/contract/contract.ts';
import { temporaryFolders } from './hosts/interface-folder.ts';
import { clientOver, cookieFrom, knock } from './hosts/requests.ts';
import { startSmallSite, type SmallSite } from './hosts/small-site.ts';

type Client = ContractRouterClient<typeof contract>;

const folders = temporaryFolders();
const path = `${folders.cases}/transports.constat`;
let site: SmallSite;
let host: WebHost;
let core: CoreLink<ServedPort>;
let socket: WebSocket;
let channel: MessageChannel;
const clients = new Map<string, Client>();
let caseId: string;
let captureId: string;

/** A core as the desktop runs it, with a function call where Electron has a process boundary. */
function startCore(): CoreLink<ServedPort> {
  const service = new CoreService((message) => queueMicrotask(() => link.take(structuredClone(message))));
  const link = new CoreLink<ServedPort>((message, ports) => void service.take(message, ports));
  return link;
}

async function client(name: string): Promise<Client> {
  const found = clients.get(name);
  if (!found) throw new Error(name);
  return found;
}

beforeAll(async () => {
  site = await startSmallSite();
  host = await startWebHost({ home: folders.home, rendererDir: folders.rendererDir });
  const direct = createRouterClient(router, { context: { workspace: host.workspace } });
  clients.set('in process', direct);

  const { host: name, origin } = new URL(host.url);
  const opened = await knock(`ws://${name}/rpc`, { origin, cookie: await cookieFrom(host.url) });
  if (typeof opened === 'number') throw new Error(`refused with ${opened}`);
  socket = opened;
  clients.set('over a WebSocket', clientOver(socket));

  ({ id: caseId } = await direct.cases.create({ path, title: 'Transports' }));
  const capture = { allowPrivateAddresses: true, pdf: false, settleTimeout: 500, scrollTimeout: 500 };
  const news = await direct.captures.watch({ caseId });
  await direct.captures.start({ caseId, urls: [site.url], options: capture });
  for await (const one of news) {
    if (one.type === 'sealed') {
      captureId = one.capture.id;
      break;
    }
  }
  await direct.cases.close({ caseId });

  core = startCore();
  await core.start(folders.home, []);
  channel = new MessageChannel();
  core.serve(channel.port1);
  clients.set('over a MessagePort', createORPCClient(new RPCLink({ port: channel.port2 })));
  channel.port2.start();
});

afterAll(async () => {
  channel?.port2.close();
  await core?.close();
  await host?.close();
  await site?.close();
  folders.remove();
});

describe.each(['in process', 'over a WebSocket', 'over a MessagePort'])('the contract %s', (name) => {
  it('gives values, and problems a person can act on, with what fills the sentence', async () => {
    const api = await client(name);
    expect((await api.system.info()).operator.fingerprint).toMatch(/^SHA256:/);
    const { error } = await safe(api.cases.open({ path: `${folders.cases}/none.constat` }));
    if (!isDefinedError(error)) throw new Error('expected a typed problem');
    expect(error.data).toMatchObject({
      code: 'CASE_NOT_FOUND',
      params: { path: `${folders.cases}/none.constat` },
    });
    expect(error.data.message).toBe(error.message);
  });

  it('refuses what the contract does not allow before any room sees it', async () => {
    const api = await client(name);
    const { error } = await safe(api.cases.create({ path: '', title: '' }));
    expect(error).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('streams what goes on, to its end', async () => {
    const api = await client(name);
    await api.cases.open({ path });
    const news = [];
    for await (const one of await api.custody.verify({ caseId })) news.push(one);
    const last = news.at(-1);
    expect(last?.type === 'result' && last.verification.ok).toBe(true);
    expect(news.length).toBeGreaterThan(1);
    await api.cases.close({ caseId });
  });

  it('hands over a file with its name, its kind and every byte', async () => {
    const api = await client(name);
    await api.cases.open({ path });
    const file = await api.captures.artefact({ caseId, captureId, kind: 'screenshot' });
    expect(file).toBeInstanceOf(Blob);
    expect(file.type).toBe('image/png');
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(bytes.subarray(-8, -4).toString('latin1')).toBe('IEND');
    await api.cases.close({ caseId });
  });

  it('stops listening when the listener goes away', async () => {
    const api = await client(name);
    await api.cases.open({ path });
    const stop = new AbortController();
    const news = await api.captures.watch({ caseId }, { signal: stop.signal });
    const waiting = (async () => {
      for await (const one of news) expect(one).toBeDefined();
    })();
    stop.abort();
    await waiting.catch((reason: unknown) => expect(String(reason)).toMatch(/abort/i));
    await api.cases.close({ caseId });
  });
});

describe('the core of the desktop', () => {
  it('gives the shell the bytes of a replay that was asked for, and of no other', async () => {
    const api = await client('over a MessagePort');
    await api.cases.open({ path });
    const { url } = await api.captures.replay({ caseId, captureId });
    const token = /^replay:\/\/(r[0-9a-f]{32})\/$/.exec(url)?.[1] ?? '';
    const target = await core.target(token);
    expect(target).toMatchObject({ url: site.url, timestamp: expect.stringMatching(/^\d{14}$/) });
    expect(Buffer.from(await core.read(token, 0, 4)).toString('latin1')).toBe('PK\x03\x04');
    await expect(core.read(token, target?.size ?? 0, 1)).rejects.toThrow(/outside|range|bytes/i);
    expect(await core.target(`r${'0'.repeat(32)}`)).toBeNull();
    await api.cases.close({ caseId });
    expect(await core.target(token)).toBeNull();
  });

  it('refuses a message that is not one of its own', async () => {
    const service = new CoreService(() => undefined);
    await expect(service.take({ type: 'read', id: 1, token: 'x', offset: '0', length: 1 })).rejects.toThrow();
    await expect(service.take({ type: 'eval', code: '1' })).rejects.toThrow();
  });

  it('says in a sentence why it cannot start', async () => {
    const other = startCore();
    await expect(other.start(folders.home, [`${folders.cases}/none.constat`])).rejects.toThrow(
      /There is no case file/,
    );
  });

  it('when it is lost, nobody waits for it', async () => {
    const link = new CoreLink<ServedPort>(() => undefined);
    const asked = link.target('x');
    const closed = link.close();
    link.lost();
    await expect(asked).rejects.toThrow('the core stopped');
    await closed;
  });
});
