/**
 * Takes and releases the writer's lock of a case again and again: `node contending-process.ts CASE ROUNDS`. While it has the lock it makes
 * a folder, which fails if somebody else has the lock as well. Prints how often it had the lock and how often it was not alone.
 */
import { mkdirSync, rmdirSync } from 'node:fs';
import { WriterLock } from '../../src/main/vault/writer-lock.ts';

const [path = '', rounds = '0'] = process.argv.slice(2);
let had = 0;
let notAlone = 0;
while (had < Number(rounds)) {
  const lock = WriterLock.acquire(path);
  if (!lock) continue;
  had += 1;
  try {
    mkdirSync(`${path}-held`);
    rmdirSync(`${path}-held`);
  } catch {
    notAlone += 1;
  }
  lock.release();
}
process.stdout.write(`${had} ${notAlone}\n`);
