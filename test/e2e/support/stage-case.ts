import { join } from 'node:path';
import { captureOptionsSchema, type CaptureOptions } from '../../../src/shared/domain/capture-options.ts';
import type { App } from './start-app.ts';

export interface StagedCase {
  caseId: string;
  captureIds: string[];
  actorId: string;
}

interface Wanted {
  url: string;
  options?: Partial<CaptureOptions>;
}

/** A case with captures of the sample site and one actor, made by the core itself: what a test wants to look at, not do. */
export async function stageCase(app: App, name: string, wanted: Wanted[]): Promise<StagedCase> {
  const { workspace } = app.host;
  const opened = workspace.create(join(app.folder, `${name}.constat`), {
    title: 'Le montage de la Lagune',
    reference: '2026/114',
    purpose: 'Enquête journalistique.',
  });
  const captureIds: string[] = [];
  for (const { url, options } of wanted) {
    const quick = {
      allowPrivateAddresses: true,
      settleTimeout: 500,
      scrollTimeout: 500,
      pdf: false,
      ...options,
    };
    const [job] = opened.captures.start([url], captureOptionsSchema.parse(quick));
    const over = job && (await opened.captures.settled(job.id));
    if (!over?.captureId) throw new Error(`${url} was not captured: ${JSON.stringify(over)}`);
    captureIds.push(over.captureId);
  }
  const actor = opened.actors.add({ kind: 'outlet', name: 'Courrier du Lagon', note: '', handles: [] });
  opened.actors.link(captureIds.slice(0, 1), actor.id, 'author', 'Publie l’article.');
  return { caseId: opened.file.info.id, captureIds, actorId: actor.id };
}
