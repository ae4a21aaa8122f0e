import { problemSentences, type Problem, type ProblemCode } from '../../shared/problems.ts';
import type { Language } from '../../shared/domain/preferences.ts';
import { frenchProblems } from './fr/problems.ts';

const sentences: Record<Language, Readonly<Record<ProblemCode, string>>> = {
  en: problemSentences,
  fr: frenchProblems,
};

/** A problem in the chosen language, with what it is about filled in. */
export function problemText(problem: Problem, language: Language): string {
  return sentences[language][problem.code].replace(
    /\{(\w+)\}/g,
    (whole, name: string) => problem.params[name] ?? whole,
  );
}
