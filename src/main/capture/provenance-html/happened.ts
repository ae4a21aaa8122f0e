import type { Provenance } from '../../../shared/domain/provenance.ts';
import { html, type Html } from '../../../shared/html.ts';
import { address, bytes, clockTime, digest, section, table, took } from './parts.ts';

const stepWords: Record<Provenance['stepOutcomes'][number]['name'], string> = {
  load: 'Open the page',
  settle: 'Wait until it is calm',
  consent: 'Answer the consent banner',
  scroll: 'Scroll',
  expand: 'Open what is folded',
  play: 'Start audio and video',
  sizes: 'Ask for pictures of other sizes',
  interact: 'The part made by hand',
  screenshot: 'Take the pictures',
  dom: 'Keep the documents',
  text: 'Keep the text',
  accessibility: 'Keep the accessibility tree',
  mhtml: 'Keep the page in one file',
  pdf: 'Print to PDF',
  video: 'Save video and audio',
  seal: 'Finish the record',
};

export function events({ events: all }: Provenance): Html | null {
  if (all.length === 0) return null;
  return section(
    'What happened meanwhile',
    'events',
    table(
      'list',
      ['Time (UTC)', 'What'],
      all.map(({ at, words }) => [clockTime(at), words]),
    ),
  );
}

/** For a recording that was cut short: what is sealed, and what vouches for it. */
export function salvaged({ salvage }: Provenance): Html | null {
  if (salvage === null) return null;
  const { recordedUntil, sealedAt, noted, records, leftOut } = salvage;
  return section(
    'How the rest was sealed',
    'salvage',
    html`<p>
      The recorder ended without warning. While it ran, it noted in the operator’s own folder how many bytes
      of the record were stored, and their SHA-256. What was noted last was found unchanged when the case was
      opened again; its whole records were taken over byte for byte, and nothing was asked of the network.
    </p>`,
    table(
      'list',
      ['What', ''],
      [
        ['Noted last', clockTime(recordedUntil)],
        ['Sealed', sealedAt],
        ['Noted of the record', html`${bytes(noted.bytes)}<br />${digest(noted.sha256)}`],
        ['Records taken over', String(records)],
        ...leftOut.map(({ type, url, bytes: size }) => [
          'Left out, its end is missing',
          html`${type} ${address(url)} (${bytes(size)})`,
        ]),
      ],
    ),
  );
}

export function steps({ stepOutcomes }: Provenance): Html {
  return section(
    'Step by step',
    'steps',
    table(
      'list',
      ['Began (UTC)', 'Step', 'Outcome', 'Took', 'Note'],
      stepOutcomes.map(({ name, outcome, startedAt, durationMs, note }) => [
        clockTime(startedAt),
        stepWords[name],
        outcome,
        html`<span class="nowrap">${took(durationMs)}</span>`,
        note ?? '',
      ]),
    ),
  );
}

export function files({ artefacts }: Provenance): Html | null {
  if (artefacts.length === 0) return null;
  return section(
    'Files made of the page',
    'files',
    html`<p>Each stands in the archive as a record of its own, under this address.</p>`,
    table(
      'list',
      ['Type and size', 'Address and SHA-256'],
      artefacts.map(({ uri, contentType, size, sha256, tool }) => [
        html`${contentType.split(';', 1)[0] ?? ''}<br />${bytes(size)}`,
        html`${address(uri)}<br />${digest(sha256)}${tool === null ? null : html`<br />made by ${tool}`}`,
      ]),
    ),
  );
}
