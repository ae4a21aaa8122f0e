import { mkdirSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { filePayload } from '../../archive/payload.ts';
import { findVideoTool, type VideoTool } from '../video/find-video-tool.ts';
import { videoOn } from '../video/page-video.ts';
import { runVideoTool, type VideoRun, type VideoSaved } from '../video/run-video-tool.ts';
import type { Egress } from '../guard/egress.ts';
import { type StepContext, type StepResult } from './step.ts';

/** What the tool may take: time (milliseconds), and bytes of all it saves. */
const TIME = 120_000;
/** With what it takes to put its files into the record. */
export const VIDEO_BUDGET = TIME + 60_000;
const LIMIT = 1_000_000_000;

const types: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.mov': 'video/quicktime',
  '.ts': 'video/mp2t',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.wav': 'audio/wav',
  '.vtt': 'text/vtt',
  '.srt': 'application/x-subrip',
  '.json': 'application/json',
};

/**
 * Where the page has video or audio and yt-dlp is installed: what that saves, each file attached as `urn:attachment:video:NAME`. It
 * goes through an exit of its own with the same rules, and leaves nothing behind. What the page itself loaded is in the record anyway.
 */
export async function video(context: StepContext, signal: AbortSignal): Promise<StepResult> {
  const { options, found, witness, spoolFolder } = context;
  if (!options.videoTool) return { outcome: 'skipped', note: 'Not asked for.' };
  const why = videoOn(found.documents?.documents ?? [], witness.accounts());
  if (why === null) return { outcome: 'skipped', note: 'The page shows no video or audio.' };
  const folder = join(spoolFolder, 'video');
  mkdirSync(folder, { mode: 0o700 });
  try {
    const tool = await findVideoTool(folder);
    if (!tool) return { outcome: 'skipped', note: `The page has ${why}; yt-dlp is not installed here.` };
    return await save(context, signal, folder, tool);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function save(
  context: StepContext,
  signal: AbortSignal,
  folder: string,
  tool: VideoTool,
): Promise<StepResult> {
  const { page, url, options, events, userAgent } = context;
  const exit = await context.openExit();
  const saved = await closing(exit, {
    tool,
    url: page.url ?? url,
    folder,
    proxyPort: exit.port,
    userAgent,
    allowBadCertificates: options.allowBadCertificates,
    budget: TIME,
    maxBytes: Math.min(LIMIT, options.maxBytes),
    signal,
  });
  const { reached, refused } = exit.account();
  const refusals = refused.map(({ host, port, reason }) => `${host}:${port} (${reason})`);
  events.note(
    'video-tool',
    `yt-dlp ${tool.version} was run on the page. Through an exit of its own it reached ${reached.join(', ') || 'nothing'}${refusals.length > 0 ? `; refused were ${refusals.join(', ')}` : ''}.`,
  );
  for (const name of saved.files) await attach(context, folder, name, tool);
  const count = saved.files.filter((name) => !name.endsWith('.json')).length;
  const kept = `yt-dlp saved ${count} ${count === 1 ? 'file' : 'files'}`;
  if (saved.ended !== null) return { outcome: 'partial', note: `${kept}, then was stopped: ${saved.ended}.` };
  if (count > 0) return { outcome: 'done', note: `${kept}.` };
  const nothing = `yt-dlp found nothing to save${saved.complaint === null ? '' : `: ${saved.complaint}`}`;
  return { outcome: 'skipped', note: nothing.endsWith('.') ? nothing : `${nothing}.` };
}

async function closing(exit: Egress, run: VideoRun): Promise<VideoSaved> {
  try {
    return await runVideoTool(run);
  } finally {
    await exit.close();
  }
}

async function attach(
  { record, pageId }: StepContext,
  folder: string,
  name: string,
  { version, sha256 }: VideoTool,
): Promise<void> {
  await record.resource({
    uri: `urn:attachment:video:${encodeURIComponent(name)}`,
    contentType: types[extname(name).toLowerCase()] ?? 'application/octet-stream',
    payload: await filePayload(join(folder, name)),
    time: new Date(),
    pageId,
    tool: `yt-dlp ${version}, SHA-256 ${sha256}`,
  });
}
