/**
 * How quick a long custody log is. Prints figures and asserts nothing: `node test/bench/custody.ts [entries] [batch]`.
 * `batch` entries share one transaction (1 is how the application appends).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginCase } from '../../src/main/custody/begin-case.ts';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { verifyCase } from '../../src/main/custody/verify-case.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';

const entries = Number(process.argv[2] ?? 100_000);
const batch = Number(process.argv[3] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'constat-bench-'));

function report(what: string, since: number, count: number): void {
  const seconds = (performance.now() - since) / 1000;
  const each = ((seconds / count) * 1e6).toFixed(1);
  process.stdout.write(
    `${what.padEnd(34)} ${seconds.toFixed(2).padStart(8)} s   ${each.padStart(9)} µs each\n`,
  );
}

try {
  const key = loadOrCreateOperatorKey(join(folder, 'home'));
  const info = { title: 'Bench', reference: '', purpose: '' };
  const file = CaseFile.create(join(folder, 'bench.constat'), info, { application: 'bench' });
  const log = new CustodyLog(file, key);
  beginCase(log, file.info, 'Bench');
  const subject = { kind: 'case', id: file.info.id } as const;

  let since = performance.now();
  for (let done = 0; done < entries; done += batch) {
    file.transaction(() => {
      for (let i = 0; i < batch; i += 1)
        log.append({ type: 'item.viewed', subject, detail: { n: done + i } });
    });
  }
  report(`append ${entries}, ${batch} at a time`, since, entries);

  since = performance.now();
  const proofs = 1000;
  for (let i = 0; i < proofs; i += 1) log.inclusion(Math.floor((entries * i) / proofs));
  report(`${proofs} inclusion proofs`, since, proofs);

  since = performance.now();
  for (let i = 1; i <= proofs; i += 1) log.consistency(Math.floor((entries * i) / proofs), entries);
  report(`${proofs} consistency proofs`, since, proofs);

  since = performance.now();
  const events = log.events().length;
  report(`read ${events} events`, since, events);

  since = performance.now();
  const verification = await verifyCase(file, []);
  report(`verify (${verification.ok ? 'ok' : 'FAILED'})`, since, events);
  process.stdout.write(
    `file ${(file.sizeBytes / 2 ** 20).toFixed(0)} MiB, memory ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB\n`,
  );
  file.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
