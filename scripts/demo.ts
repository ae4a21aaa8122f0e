import { mkdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { router } from '../src/main/api/router.ts';
import { createWorkspace } from '../src/main/api/workspace.ts';
import { ensureBrowser } from '../src/main/capture/install-browser.ts';
import { operatorHome } from '../src/main/vault/home.ts';
import type { Verification } from '../src/shared/domain/custody.ts';
import { captureOptionsSchema } from '../src/shared/domain/capture-options.ts';
import { startSampleSite } from '../test/fixtures/sample-site/server.ts';
import { demoCast, type CastMember } from '../test/fixtures/sample-site/demo-cast.ts';
import { checkFromOutside } from './demo/outside-check.ts';
import { Steps } from './demo/steps.ts';

/** The pages of the invented story that the demo captures, by their name in the sample site. */
const pages = ['article', 'thread', 'organisation', 'video'] as const;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** The last news of a stream that ends with a result. */
async function lastOf<News extends { type: string }>(
  stream: AsyncIterable<News>,
): Promise<Extract<News, { type: 'result' }>> {
  for await (const news of stream)
    if (news.type === 'result') return news as Extract<News, { type: 'result' }>;
  throw new Error('the work ended without a result');
}

const verdict = ({ ok, checks }: Verification) =>
  ok
    ? `all ${checks.length} checks passed`
    : `${checks.filter((check) => check.status === 'fail').length} checks FAILED`;

async function demo(): Promise<boolean> {
  const begun = performance.now();
  const folder = join(
    'demo-output',
    new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-'),
  );
  mkdirSync(folder, { recursive: true });
  const casePath = join(folder, 'lagoon.constat');
  const bundlePath = join(folder, 'handover');
  const steps = new Steps(pages.length + 7);
  console.log('Constat demo. Every person, place and site in it is invented; nothing leaves this machine.\n');

  await steps.step(
    'Find a browser',
    () => ensureBrowser((line) => console.log(`\n  ${line}`)),
    (browser) => `${browser.name} ${browser.version}`,
  );
  const site = await startSampleSite();
  const workspace = createWorkspace({ home: operatorHome(), host: 'cli', application: 'Constat demo' });
  const client = createRouterClient(router, { context: { workspace } });
  try {
    const { id: caseId } = await steps.step(
      'Create the case',
      () =>
        client.cases.create({
          path: casePath,
          title: 'The Lagoon montage',
          reference: 'DEMO-1',
          purpose: 'Demonstration on an invented story',
        }),
      (made) => `${relative('.', made.path)}, log begun, key ${workspace.operator.fingerprint.slice(0, 17)}…`,
    );
    const options = captureOptionsSchema.parse({ allowPrivateAddresses: true, locale: 'fr-FR' });
    const captureOf = new Map<string, string>();
    for (const page of pages) {
      const opened = workspace.case(caseId);
      const capture = await steps.step(
        `Capture ${new URL(site.urls[page]).hostname} (${page})`,
        async () => {
          const [job] = await client.captures.start({ caseId, urls: [site.urls[page]], options });
          if (!job) throw new Error('no job was queued');
          const ended = await opened.captures.settled(job.id);
          if (ended.captureId === null)
            throw new Error(ended.problem?.message ?? 'the capture ended without a result');
          return client.captures.get({ caseId, captureId: ended.captureId });
        },
        ({ capture }) =>
          `${capture.state}, ${capture.resourceCount} resources, sealed in ${megabytes(capture.sizeBytes)}`,
      );
      captureOf.set(page, capture.capture.id);
      for (const remark of capture.provenance.verdict.remarks) console.log(`        ! ${remark}`);
    }
    await steps.step(
      'Tag the captures to actors',
      () => tag(client, caseId, demoCast(site.urls), captureOf),
      ([actors, links]) => `${actors} actors, ${links} links`,
    );
    await steps.step(
      'Verify the case with Constat',
      async () => (await lastOf(await client.custody.verify({ caseId }))).verification,
      verdict,
    );
    const request = {
      captureIds: null,
      destination: bundlePath,
      format: 'folder' as const,
      recipient: 'The reader',
      purpose: 'Demonstration',
    };
    await steps.step(
      'Export a bundle',
      async () => (await lastOf(await client.bundles.export({ caseId, request }))).bundle,
      (bundle) => `${bundle.files} files, ${megabytes(bundle.bytes)} in ${relative('.', bundle.path)}`,
    );
    const inside = await steps.step(
      'Verify the bundle with Constat',
      async () => (await lastOf(await client.bundles.verify({ path: bundlePath }))).verification,
      verdict,
    );
    const outside = await steps.step(
      'Verify the bundle without Constat, as its VERIFY.txt says',
      () => checkFromOutside(bundlePath),
      (results) => `${results.filter((one) => one.outcome === 'passed').length} of ${results.length} passed`,
    );
    for (const { title, outcome, output } of outside) {
      console.log(
        `        ${outcome === 'passed' ? '✓' : outcome === 'skipped' ? '–' : '✗'} ${title}${outcome === 'passed' ? '' : `: ${output}`}`,
      );
    }
    const sound = inside.ok && outside.every((one) => one.outcome !== 'failed');
    await workspace.close();
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    console.log(summary(sound, seconds, casePath, bundlePath));
    return sound;
  } finally {
    await workspace.close();
    await site.close();
  }
}

async function tag(
  client: RouterClient<typeof router>,
  caseId: string,
  cast: readonly CastMember[],
  captureOf: Map<string, string>,
): Promise<[number, number]> {
  let links = 0;
  for (const { kind, name, note, handles, links: wanted } of cast) {
    const actor = await client.actors.add({
      caseId,
      actor: { kind, name, note, handles: handles.map((handle) => ({ ...handle })) },
    });
    for (const link of wanted) {
      const captureId = captureOf.get(link.page);
      if (captureId === undefined) continue;
      await client.actors.link({
        caseId,
        captureIds: [captureId],
        actorId: actor.id,
        role: link.role,
        note: link.note,
      });
      links += 1;
    }
  }
  return [cast.length, links];
}

function summary(sound: boolean, seconds: string, casePath: string, bundlePath: string): string {
  return `
${sound ? 'Done' : 'Something did not verify; see above. Done'} in ${seconds} seconds. What is there now:

  ${casePath} (${megabytes(statSync(casePath).size)})
      the case: four pages as the browser received them, each sealed with its digest in a signed log
  ${bundlePath}/
      what you would hand over: start with data/report.html; VERIFY.txt says how to check it without Constat

Open the case:     npm start -- ${casePath}
List what is in it: npx constat list --case ${casePath}
Check it again:    npx constat verify ${casePath}

What this shows: nothing in the case or the bundle was changed since it was sealed. It does not show who wrote the pages, or
that this computer's clock was right.`;
}

process.exitCode = (await demo()) ? 0 : 1;
