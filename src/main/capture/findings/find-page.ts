import type { PageFinding } from '../../../shared/domain/page-finding.ts';
import { findPhrase, type Wording } from './document/wording.ts';
import { meets, type Seen } from './meets.ts';
import { hostFits } from './address.ts';
import { prepare, type PageFacts, type PreparedFacts } from './page-facts.ts';
import type { Rule } from './rule.ts';
import { ruleSets } from './rules/all-rules.ts';

/**
 * What the page was besides its content: one finding per kind, that of the platform before that of any site. Only clear cases are
 * found: a page that is content and speaks of such things is not one of them. Pure; time and memory are bounded.
 */
export function findPage(facts: PageFacts): PageFinding[] {
  const prepared = prepare(facts);
  const sets = ruleSets.filter(({ platform }) => platform !== 'generic');
  const generic = ruleSets.filter(({ platform }) => platform === 'generic');
  const findings: PageFinding[] = [];
  for (const fallback of [false, true]) {
    for (const { platform, hosts, rules } of [...sets, ...generic]) {
      for (const rule of rules) {
        if (fallback && findings.length > 0) return findings;
        if (rule.fallback !== fallback || findings.some(({ kind }) => kind === rule.kind)) continue;
        if (!isFor(rule.hosts ?? hosts, prepared)) continue;
        const seen = meets(rule.when, prepared);
        if (seen) findings.push(finding(platform, rule, seen, prepared));
      }
    }
  }
  return findings;
}

/** Whether the page was a check for robots, so that another way of recording may be worth a try. */
export function isBotCheck(findings: readonly PageFinding[]): boolean {
  return findings.some(({ kind }) => kind === 'bot-check');
}

function isFor(hosts: readonly string[], { requested, final }: PreparedFacts): boolean {
  return (
    hosts.length === 0 ||
    hosts.some((host) => [requested, final].some((url) => url !== null && hostFits(url.hostname, host)))
  );
}

function finding(platform: string, rule: Rule, seen: Seen, facts: PreparedFacts): PageFinding {
  const values: Record<string, string> = {
    seen: brief(seen.words),
    header: brief(seen.header),
    element: seen.element,
    status: facts.status === null ? 'none' : String(facts.status),
    to: brief(facts.finalUrl.replace(/[?#].*$/s, '')),
    length: String(facts.text.shown.length),
  };
  return {
    kind: rule.kind,
    rule: rule.id,
    platform,
    reason: rule.reason.replaceAll(/\{([a-z]+)\}/g, (all, name: string) => values[name] ?? all),
    readable: readable(rule, facts),
  };
}

/** In words of the page where it says so, and else, for what only covers a page, how much text is there. */
function readable({ readable: phrases, covers, kind }: Rule, { text }: PreparedFacts): string | null {
  const length = `${text.shown.length} characters of text could be read.`;
  for (const phrase of Object.values(phrases ?? {}).flat()) {
    const found = findPhrase(text.low, phrase);
    if (found) return `The page says: “${quoted(text, found)}”. ${length}`;
  }
  return covers || kind === 'paywall' ? length : null;
}

function quoted({ shown }: Wording, { start, end }: { start: number; end: number }): string {
  return brief(shown.slice(start, end));
}

function brief(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
