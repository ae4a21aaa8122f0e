/**
 * A process that captures one address and dies on the way: `node recording-process.ts CASE HOME URL POINT`. The point is the name of a
 * step, `sealing` (in the transaction), `sealed` (right behind it), or anything else, which is never reached. Says its step on standard
 * output, a line each.
 */
import { createWorkspace } from '../../src/main/api/workspace.ts';
import { captureOptionsSchema } from '../../src/shared/domain/capture-options.ts';

const [path = '', home = '', url = '', point = ''] = process.argv.slice(2);
const workspace = createWorkspace({ home, host: 'cli' });
const { captures, log, file } = workspace.open(path);

function reach(here: string): void {
  if (here === point) process.kill(process.pid, 'SIGKILL');
}

const append = log.append.bind(log);
log.append = (event) => {
  const leaf = append(event);
  if (event.type === 'item.sealed') {
    reach('sealing');
    file.afterCommit(() => reach('sealed'));
  }
  return leaf;
};
void (async () => {
  for await (const news of captures.watch()) {
    if (news.type !== 'job' || news.job.step === null) continue;
    process.stdout.write(`${news.job.step}\n`);
    reach(news.job.step);
  }
})();
const options = captureOptionsSchema.parse({
  allowPrivateAddresses: true,
  otherSizes: false,
  videoTool: false,
});
const [job] = captures.start([url], options);
if (job) process.stdout.write(`${(await captures.settled(job.id)).state}\n`);
await workspace.close();
