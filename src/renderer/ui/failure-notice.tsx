import { TriangleAlert, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../shared/problems.ts';
import { languageOf, usePreferences } from '../app/preferences.ts';
import { failureOf } from '../app/problem.ts';
import { problemText } from '../i18n/problem-text.ts';
import { useText } from '../i18n/use-text.tsx';

/** A function that says any failed call in the chosen language. */
export function useFailureText(): (error: unknown) => string {
  const t = useText();
  const language = languageOf(usePreferences().language);
  return (error) => {
    const failure = failureOf(error);
    return failure.kind === 'lost' ? t('connection.failed') : problemText(failure.problem, language);
  };
}

/** A problem as a sentence in the chosen language. */
export function useProblemText(): (problem: Problem) => string {
  const language = languageOf(usePreferences().language);
  return (problem) => problemText(problem, language);
}

interface Props {
  error: unknown;
  /** What can be done about it from here. */
  children?: ReactNode;
}

/** What went wrong, where it went wrong: what happened, what was kept, what to do. */
export function FailureNotice({ error, children }: Props) {
  const say = useFailureText();
  const Icon = failureOf(error).kind === 'lost' ? Unplug : TriangleAlert;
  return (
    <div role="alert" className="flex items-start gap-2 rounded-md bg-bad-wash px-3 py-2 text-sm text-bad">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-2">
        <p className="wrap-anywhere">
          <bdi>{say(error)}</bdi>
        </p>
        {children}
      </div>
    </div>
  );
}
