/**
 * A process that seals items until it is killed: `node sealing-process.ts CASE KEYHOME [POINT]`. Says on standard output what is
 * committed, a line each. With a point it kills itself there, while sealing its second item.
 */
import { v7 as uuidv7 } from 'uuid';
import { CustodyLog } from '../../src/main/custody/log.ts';
import { loadOrCreateOperatorKey } from '../../src/main/custody/operator-key.ts';
import { BlobStore } from '../../src/main/vault/blobs.ts';
import { CaseFile } from '../../src/main/vault/case-file.ts';
import { patternedBytes } from '../support/patterned-bytes.ts';

const [path = '', home = '', point] = process.argv.slice(2);
const file = CaseFile.open(path, { application: 'sealing process' });
const log = new CustodyLog(file, loadOrCreateOperatorKey(home));
const blobs = new BlobStore(file);
blobs.discardUnfinished();

let round = 0;
function reach(here: string): void {
  if (here === point && round === 1) process.kill(process.pid, 'SIGKILL');
}

for (; ; round += 1) {
  const writer = blobs.create('application/wacz');
  const bytes = patternedBytes(300_000, round + 1);
  for (let i = 0; i < 5; i += 1) {
    writer.write(bytes);
    reach('half written');
  }
  const leaf = file.transaction(() => {
    const { sha256, size } = writer.finish();
    reach('bytes closed');
    const subject = { kind: 'capture', id: uuidv7() } as const;
    const sealed = log.append({
      type: 'item.sealed',
      subject,
      evidence: { sha256, size },
      detail: { round },
    });
    reach('entry made');
    return sealed;
  });
  reach('committed');
  process.stdout.write(`${leaf.seq} ${leaf.evidence?.sha256}\n`);
}
