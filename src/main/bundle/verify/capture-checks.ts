import { checkWacz } from '../../archive/wacz/check.ts';
import { canonicalJson } from '../../custody/canonical.ts';
import { captureSchema, type Capture } from '../../../shared/domain/capture.ts';
import type { Omissions } from '../../../shared/domain/omissions.ts';
import type { CustodyEvent } from '../../../shared/domain/custody.ts';
import { artefactsOf } from '../artefacts.ts';
import type { BagReport } from '../bagit/validate.ts';
import type { OpenedFile } from '../bagit/tree.ts';
import { archiveNames, captureFolder, prettyJson, sealedDetail } from '../layout.ts';
import { checkCopy } from './copy-checks.ts';
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
  const capture = sealedCapture(context, event);
  if (capture === null || capture.id !== event.leaf.subject.id) {
    context.fail(`log entry ${event.leaf.seq} (item.sealed)`, 'It does not say which capture was sealed.');
    return null;
  }
  const folder = `data/${captureFolder(capture)}`;
  const isCopy = context.has(`${folder}/${archiveNames.redacted}`);
  const exhibit = `exhibit ${capture.exhibit}`;
  const before = context.failures;
  const withheld = event.detail === null;
  const same =
    withheld ||
    canonicalJson(sealedDetail(capture, event.detail?.['jobId'])) === canonicalJson(event.detail ?? {});
  if (!same) context.fail(exhibit, 'The log says more of it than is known here.');
  context.same(`${folder}/capture.json`, prettyJson(capture), 'It is not what the log says of the capture.');
  const name = isCopy ? archiveNames.redacted : archiveNames.sealed;
  const archive = context.file(`${folder}/${name}`);
  if (!archive) return capture;
  const item = `${exhibit}, ${name}`;
  if (withheld)
    context.warn(
      `${folder}/capture.json`,
      'What the log says of this capture is withheld, as it holds a credential; only its identifier, size and SHA-256 are in the entry.',
    );
  checkSeal(
    context,
    item,
    event,
    capture,
    isCopy ? null : { size: archive.size, sha256: bag.digests.get(archive.path)?.get('sha256') },
  );
  const opened = context.attempt(item, () => archive.open());
  if (!opened) return capture;
  let list: Omissions | null = null;
  try {
    const { problems } = await checkWacz(opened, { onProgress: (_, bytes) => context.progress(item, bytes) });
    for (const { item: part, reason } of problems) context.fail(`${item}: ${part}`, `In it, ${reason}.`);
    if (problems.length === 0) {
      if (isCopy)
        list = await checkCopy(opened, event.leaf.evidence, (part, message) =>
          context.fail(`${item}: ${part}`, message),
        );
      await checkArtefacts(context, folder, opened);
    }
  } catch (error) {
    context.fail(item, `It cannot be read: ${reasonOf(error)}.`);
  } finally {
    opened.close();
  }
  if (context.failures === before && list !== null)
    context.warn(
      exhibit,
      `This is a working copy without credentials of the archive with SHA-256 ${capture.sha256}, which is in the log and not here. The copy is sound; its list names what was left out of ${list.records.changed} records and says that ${list.records.unchanged} are as sealed. That nothing else differs can be checked only with the original: constat verify BUNDLE --original FILE.`,
    );
  else if (context.failures === before)
    context.pass(exhibit, 'The archive is the one that was sealed, and what stands beside it is from it.');
  return capture;
}

/** What was sealed, by the detail of the entry; where that is withheld, by the row beside the copy, which `checkSeal` holds to the entry. */
function sealedCapture(context: VerifyContext, { leaf, detail }: CustodyEvent): Capture | null {
  if (detail !== null) {
    const said = captureSchema.omit({ sealedSeq: true }).safeParse(detail);
    return said.success ? { ...said.data, sealedSeq: leaf.seq } : null;
  }
  const row = context.tree.files.find(
    ({ path }) =>
      path.startsWith('data/captures/') && path.endsWith(`-${leaf.subject.id.slice(0, 8)}/capture.json`),
  );
  const text = row && context.text(row.path);
  if (text === undefined || text === null) return null;
  const capture = context.attempt(row?.path ?? '', () => captureSchema.parse(JSON.parse(text)));
  if (capture === null || capture.sealedSeq !== leaf.seq) return null;
  // Only a copy may go without its detail.
  return context.has(`data/${captureFolder(capture)}/${archiveNames.redacted}`) ? capture : null;
}

function checkSeal(
  context: VerifyContext,
  item: string,
  { leaf }: CustodyEvent,
  capture: Capture,
  found: { size: number; sha256: string | undefined } | null,
): void {
  const sealed = leaf.evidence;
  if (sealed?.sha256 !== capture.sha256 || sealed.size !== capture.sizeBytes)
    context.fail(item, 'Its entry in the log contradicts itself.');
  if (found !== null && (found.sha256 !== sealed?.sha256 || found.size !== sealed?.size))
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
