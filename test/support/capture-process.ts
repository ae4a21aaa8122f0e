/** Captures one address in a process of its own and prints what it weighed: `node capture-process.ts FOLDER URL`. */
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { router } from '../../src/main/api/router.ts';
import { createWorkspace } from '../../src/main/api/workspace.ts';
import { captureOptionsSchema } from '../../src/shared/domain/provenance.ts';

const [folder = '', url = ''] = process.argv.slice(2);
let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
const workspace = createWorkspace({ home: join(folder, 'home'), host: 'cli' });
try {
  const client = createRouterClient(router, { context: { workspace } });
  const { id: caseId } = await client.cases.create({ path: join(folder, 'case.constat'), title: 'Memory' });
  const options = captureOptionsSchema.parse({
    allowPrivateAddresses: true,
    pdf: false,
    loadTimeout: 300_000,
    settleTimeout: 300_000,
  });
  const [job] = await client.captures.start({ caseId, urls: [url], options });
  if (!job) throw new Error('no job was queued');
  const { captureId, problem } = await workspace.case(caseId).captures.settled(job.id);
  if (captureId === null) throw new Error(problem?.message ?? 'no capture');
  const { capture, provenance } = await client.captures.get({ caseId, captureId });
  const largest = provenance.exchanges.toSorted((one, other) => (other.size ?? 0) - (one.size ?? 0))[0];
  console.log(JSON.stringify({ peak, state: capture.state, sealed: capture.sizeBytes, largest }));
} finally {
  clearInterval(watch);
  await workspace.close();
}
