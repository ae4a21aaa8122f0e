import { useEffect, type ReactNode } from 'react';
import { I18nProvider, isRTL } from 'react-aria-components';
import { IntlProvider } from 'react-intl';
import { languageOf, usePreferences } from '../app/preferences.ts';
import { messagesOf } from './messages.ts';

/** Gives every part below it the chosen language, and tells the document which one that is. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const language = languageOf(usePreferences().language);
  const locale = localeOf(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = isRTL(locale) ? 'rtl' : 'ltr';
  }, [language, locale]);
  return (
    <I18nProvider locale={locale}>
      <IntlProvider locale={locale} messages={messagesOf[language]} defaultLocale="en">
        {children}
      </IntlProvider>
    </I18nProvider>
  );
}

/** The system's own variety of the language where it has one (en-GB writes dates otherwise than en-US). */
function localeOf(language: string): string {
  const own = navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language);
  return own ?? (language === 'en' ? 'en-GB' : 'fr-FR');
}
