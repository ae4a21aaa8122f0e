import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { caseFixture } from '../support/case-fixture.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';

const script = join(import.meta.dirname, 'sealing-process.ts');

/** A closed case, and where its operator's key is. */
function prepare(): { path: string; home: string; folder: string } {
  const { file, folder } = caseFixture();
  file.close();
  return { path: file.path, home: join(folder, 'home'), folder };
}

/** Lets the process seal until it dies by itself or has said `lines` lines, and gives what it said was committed. */
async function sealUntilKilled(
  path: string,
  home: string,
  options: { point?: string; lines?: number; delay?: number },
) {
  const child = spawn(process.execPath, [script, path, home, ...(options.point ? [options.point] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === options.lines) setTimeout(() => child.kill('SIGKILL'), options.delay);
  }
  expect((await exited)[1]).toBe('SIGKILL');
  return said;
}

/** Opens the case as the application does after a crash and holds it against what was promised. */
async function expectSound(
  path: string,
  home: string,
  promised: readonly string[],
): Promise<{ items: number; discarded: number }> {
  const file = CaseFile.open(path, { application: 'after the crash' });
  try {
    const discarded = new BlobStore(file).discardUnfinished();
    const sealed = new CustodyLog(file, loadOrCreateOperatorKey(home))
      .events()
      .filter((event) => event.leaf.type === 'item.sealed')
      .map((event) => `${event.leaf.seq} ${event.leaf.evidence?.sha256}`);
    expect(sealed).toEqual(expect.arrayContaining([...promised]));
    expect(file.prepare('SELECT id FROM blob').all()).toHaveLength(sealed.length);
    expect(file.prepare('SELECT blob_id FROM blob_chunk').all()).toHaveLength(2 * sealed.length);
    const verification = await verifyCase(file, []);
    expect(verification.checks.filter((check) => check.status !== 'pass')).toEqual([]);
    return { items: sealed.length, discarded };
  } finally {
    file.close();
  }
}

it.each([
  ['half written', 1, 1],
  ['bytes closed', 1, 1],
  ['entry made', 1, 1],
  ['committed', 2, 0],
])('keeps an item whole or not at all when killed at “%s”', async (point, items, discarded) => {
  const { path, home, folder } = prepare();
  const promised = await sealUntilKilled(path, home, { point });
  expect(promised).toHaveLength(1);
  expect(await expectSound(path, home, promised)).toEqual({ items, discarded });
  expect(readdirSync(folder).toSorted()).toEqual(['harbour.constat', 'home']);
});

it('loses nothing it promised, however often it is killed', async () => {
  const { path, home } = prepare();
  const promised: string[] = [];
  for (const delay of [0, 3, 7, 12, 21]) {
    promised.push(...(await sealUntilKilled(path, home, { lines: 2, delay })));
    const { items, discarded } = await expectSound(path, home, promised);
    expect(items).toBeGreaterThanOrEqual(promised.length);
    expect(discarded).toBeLessThanOrEqual(1);
  }
});
