import type { HeaderList } from '../../../shared/domain/provenance.ts';
import { outline, type Outline } from './document/outline.ts';
import { wording, type Wording } from './document/wording.ts';

/** What is known of a captured page, from any witness. */
export interface PageFacts {
  /** As normalised. */
  requestedUrl: string;
  finalUrl: string;
  /** Of the main document; null where no answer came. */
  status: number | null;
  headers: HeaderList;
  title: string;
  /** The text a person can read; empty where there was no page. */
  text: string;
  /** The document as it was shown (HTML, shadow roots as templates); empty where there was none. */
  html: string;
}

/** The facts as rules look at them. */
export interface PreparedFacts extends Omit<PageFacts, 'title' | 'text' | 'html'> {
  requested: URL | null;
  final: URL | null;
  outline: Outline;
  title: Wording;
  text: Wording;
  headings: Wording[];
  dialogs: Wording[];
  /** What the page says of itself in structured data. (schema.org isAccessibleForFree) */
  notFree: boolean;
  password: boolean;
}

const MANY = 60;
const dialogRoles = new Set(['dialog', 'alertdialog']);

/** Reads the document once for all rules. Time and memory are bounded whatever it is given. */
export function prepare(facts: PageFacts): PreparedFacts {
  const { requestedUrl, finalUrl, status, headers, html } = facts;
  const document = outline(html);
  const textOf = ({ from, to }: { from: number; to: number }): Wording =>
    wording(document.text.slice(from, Math.min(to, from + 20_000)));
  const headings = ['h1', 'h2', 'h3']
    .flatMap((name) => (document.byName.get(name) ?? []).slice(0, MANY))
    .filter(({ hidden }) => !hidden);
  const dialogs = document.elements.filter(
    ({ name, attributes, hidden }) =>
      !hidden &&
      (dialogRoles.has(attributes.get('role') ?? '') ||
        attributes.get('aria-modal') === 'true' ||
        (name === 'dialog' && attributes.has('open'))),
  );
  return {
    requestedUrl,
    finalUrl,
    status,
    headers,
    requested: URL.parse(requestedUrl),
    final: URL.parse(finalUrl),
    outline: document,
    title: wording(facts.title),
    text: wording(`${facts.text} ${document.shadowText}`),
    headings: headings.map(textOf),
    dialogs: dialogs.slice(0, MANY).map(textOf),
    notFree: document.structured.some(saysNotFree),
    password: (document.byName.get('input') ?? []).some(
      ({ attributes, hidden }) => !hidden && attributes.get('type')?.toLowerCase() === 'password',
    ),
  };
}

function saysNotFree(json: string): boolean {
  return /"isAccessibleForFree"\s{0,20}:\s{0,20}"?false\b/i.test(json);
}
