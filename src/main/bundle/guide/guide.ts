import type { BundleLanguage } from '../../../shared/domain/bundle.ts';
import { guideSteps, type GuideStep } from './commands.ts';
import { english } from './words-en.ts';
import { french } from './words-fr.ts';

/** What VERIFY.txt says around its commands. No line of it may begin with four blanks: those are the commands. */
export interface GuideWords {
  title: string;
  intro: (software: string) => string;
  systems: string;
  steps: Record<GuideStep['id'], [heading: string, words: string]>;
  windows: string;
  archives: string;
}

const languages: Record<BundleLanguage, GuideWords> = { en: english, fr: french };

/** The text of VERIFY.txt: how to check a bundle with sha256sum, ssh-keygen and openssl alone (custody.md part 6). */
export function verifyGuide(language: BundleLanguage, software: string, fingerprint: string): string {
  const { title, intro, systems, steps, windows, archives } = languages[language];
  const parts = [`${title}\n${'='.repeat(title.length)}`, intro(software), `  ${fingerprint}`, systems];
  for (const { id, commands } of guideSteps) {
    const [heading, words] = steps[id];
    const indented = commands.split('\n').map((line) => `    ${line}`);
    parts.push(`${heading}\n${'-'.repeat(heading.length)}\n${words}\n\n${indented.join('\n')}`);
  }
  return `${[...parts, windows, archives].join('\n\n')}\n`;
}
