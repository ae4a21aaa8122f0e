import { languageOf, usePreferences } from '../app/preferences.ts';

/**
 * Words that come from the record itself, a remark of the recorder or the finding of a check. They are part of what was
 * sealed and stand as they are, in English; a screen reader is told so.
 */
export function English({ children }: { children: string }) {
  const language = languageOf(usePreferences().language);
  return language === 'en' ? <bdi>{children}</bdi> : <bdi lang="en">{children}</bdi>;
}
