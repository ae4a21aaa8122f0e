import { checkWacz } from '../../archive/wacz/check.ts';
import { canonicalJson } from '../../custody/canonical.ts';
import { captureSchema, type Capture } from '../../../shared/domain/capture.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import { artefactsOf } from '../artefacts.ts';
import type { BagReport } from '../bagit/validate.ts';
import type { OpenedFile } from '../bagit/tree.ts';
import { captureFolder, prettyJson, sealedDetail } from '../layout.ts';
import { reasonOf, type VerifyContext } from './context.ts';

/**
 * Each sealing in the log has its archive here and the other way round; the archive has the sealed digest and is sound from
 * first byte to last, and the pictures and texts beside it are those inside it. Gives the captures that were sealed.
 */
export async function checkCaptures(
  context: VerifyContext,
  events: readonly CustodyEvent[],
  bag: BagReport,
): Promise<Capture[]> {
  const captures: Capture[] = [];
  const sealings = events.filter(({ leaf }) => leaf.type === 'item.sealed');
  for (const event of sealings) {
    const capture = await checkCapture(context, event, bag);
    if (capture) captures.push(capture);
  }
  return captures;
}

async function checkCapture(
  context: VerifyContext,
  event: CustodyEvent,
  bag: BagReport,
): Promise<Capture | null> {
  const said = captureSchema.omit({ sealedSeq: true }).safeParse(event.detail);
  if (!said.success || said.data.id !== event.leaf.subject.id) {
    context.fail(`log entry ${event.leaf.seq} (item.sealed)`, 'It does not say which capture was sealed.');
    return null;
  }
  const capture: Capture = { ...said.data, sealedSeq: event.leaf.seq };
  const folder = `data/${captureFolder(capture)}`;
  const exhibit = `exhibit ${capture.exhibit}`;
  const before = context.failures;
  const same =
    canonicalJson(sealedDetail(capture, event.detail?.['jobId'])) === canonicalJson(event.detail ?? {});
  if (!same) context.fail(exhibit, 'The log says more of it than is known here.');
  context.same(`${folder}/capture.json`, prettyJson(capture), 'It is not what the log says of the capture.');
  const archive = context.file(`${folder}/archive.wacz`);
  if (!archive) return capture;
  const item = `${exhibit}, archive.wacz`;
  checkSeal(context, item, event, capture, {
    size: archive.size,
    sha256: bag.digests.get(archive.path)?.get('sha256'),
  });
  const opened = context.attempt(item, () => archive.open());
  if (!opened) return capture;
  try {
    const { problems } = await checkWacz(opened, { onProgress: (_, bytes) => context.progress(item, bytes) });
    for (const { item: part, reason } of problems) context.fail(`${item}: ${part}`, `In it, ${reason}.`);
    if (problems.length === 0) await checkArtefacts(context, folder, opened);
  } catch (error) {
    context.fail(item, `It cannot be read: ${reasonOf(error)}.`);
  } finally {
    opened.close();
  }
  if (context.failures === before)
    context.pass(exhibit, 'The archive is the one that was sealed, and what stands beside it is from it.');
  return capture;
}

function checkSeal(
  context: VerifyContext,
  item: string,
  { leaf }: CustodyEvent,
  capture: Capture,
  found: { size: number; sha256: string | undefined },
): void {
  const sealed = leaf.evidence;
  if (sealed?.sha256 !== capture.sha256 || sealed.size !== capture.sizeBytes)
    context.fail(item, 'Its entry in the log contradicts itself.');
  if (found.sha256 !== sealed?.sha256 || found.size !== sealed?.size)
    context.fail(item, 'It is not the archive that was sealed.');
}

/** Where the archive itself is damaged this would only say it again. */
async function checkArtefacts(context: VerifyContext, folder: string, archive: OpenedFile): Promise<void> {
  for await (const { name, bytes } of artefactsOf(archive)) {
    const path = `${folder}/${name}`;
    const beside = context.bytes(path);
    if (beside && Buffer.compare(beside, bytes) !== 0)
      context.fail(path, 'It is not what is sealed in the archive.');
  }
}
