import type { BundleLanguage } from '../../../shared/domain/bundle.ts';
import { english } from './strings-en.ts';
import { french } from './strings-fr.ts';

/** Everything a report says, in one language. */
export type ReportStrings = typeof english;

const languages: Record<BundleLanguage, ReportStrings> = { en: english, fr: french };

export function reportStrings(language: BundleLanguage): ReportStrings {
  return languages[language];
}
