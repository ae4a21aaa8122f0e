import { Command } from 'commander';
import type { Actor, Link } from '../../../../shared/domain/actor.ts';
import type { Capture } from '../../../../shared/domain/capture.ts';
import type { CustodyEvent } from '../../../../shared/domain/custody.ts';
import type { Provenance } from '../../../../shared/domain/provenance.ts';
import { plain, printJson, size } from '../output.ts';
import { openCase, withSession } from '../session.ts';

/** `constat show CAPTURE` */
export const showCommand = new Command('show')
  .description('show one capture: provenance, actors, custody')
  .argument('<capture>', 'exhibit number, or identifier or its beginning')
  .option('-c, --case <file>', 'the case')
  .option('--json', 'print everything as JSON')
  .action((which: string, options: { case?: string; json?: true }) =>
    withSession(async (session) => {
      const caseId = openCase(session, options.case, { readOnly: true });
      const captureId = session.workspace.case(caseId).captures.find(which).id;
      const { capture, provenance, links } = await session.client.captures.get({ caseId, captureId });
      const actors = await session.client.actors.list({ caseId });
      const events = await session.client.custody.timeline({ caseId, captureId });
      if (options.json) return printJson({ capture, provenance, links, events });
      const lines = [...describe(capture, provenance), ...actorLines(links, actors), ...eventLines(events)];
      process.stdout.write(`${lines.join('\n')}\n`);
    }),
  );

function describe(capture: Capture, provenance: Provenance): string[] {
  const { browser } = provenance.environment;
  const { url, time } = provenance;
  return [
    `Exhibit ${capture.exhibit}: ${plain(capture.title || '(no title)')}`,
    `  State       ${capture.state}${capture.httpStatus === null ? '' : ` (HTTP ${capture.httpStatus})`}`,
    ...provenance.page.findings.map(
      ({ kind, reason, platform }) => `  Page        ${kind} (${plain(platform)}): ${plain(reason)}`,
    ),
    `  Address     ${plain(url.entered)}`,
    ...url.redirects.map((hop) => `              ${hop.status} → ${plain(hop.location)}`),
    ...(url.final === url.entered ? [] : [`  Final       ${plain(url.final)}`]),
    `  Captured    ${time.start} to ${time.end} (local zone ${time.zone}, UTC${time.offset})`,
    `  By          ${plain(provenance.operator.name)}, key ${provenance.operator.keyFingerprint}`,
    `  Browser     ${browser.name} ${browser.version}, SHA-256 ${browser.sha256}`,
    `  Resources   ${capture.resourceCount}, sealed in ${size(capture.sizeBytes)}`,
    `  SHA-256     ${capture.sha256}`,
    `  Identifier  ${capture.id}`,
    ...provenance.verdict.remarks
      .slice(provenance.page.findings.length)
      .map((remark) => `  ! ${plain(remark)}`),
  ];
}

function actorLines(links: Link[], actors: Actor[]): string[] {
  const names = new Map(actors.map((actor) => [actor.id, actor.name]));
  return [
    '',
    'Actors',
    ...links.map(
      (link) =>
        `  ${plain(names.get(link.actorId) ?? link.actorId)}: ${link.role}${link.note ? `, ${plain(link.note)}` : ''}`,
    ),
  ];
}

function eventLines(events: CustodyEvent[]): string[] {
  return ['', 'Custody', ...events.map(({ leaf }) => `  ${leaf.time}  #${leaf.seq}  ${leaf.type}`)];
}
