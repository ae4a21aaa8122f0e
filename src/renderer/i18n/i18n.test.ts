import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { languages } from '../../shared/domain/preferences.ts';
import { problemSentences, problem } from '../../shared/problems.ts';
import { messagesOf } from './messages.ts';
import { problemText } from './problem-text.ts';

/** Names of what is filled into a message, by reading its braces; the words a plural or select chooses from are longer. */
function placeholders(message: string): string[] {
  const names = new Set<string>();
  for (const [, name] of message.matchAll(/\{(\w+)(?=[,}])/g)) if (name) names.add(name);
  return [...names].sort();
}

const english = messagesOf.en;

describe.each(languages)('the sentences in %s', (language) => {
  const messages = messagesOf[language];

  it('are the same as in English by name, and none is empty', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    expect(Object.entries(messages).filter(([, message]) => message.trim() === '')).toEqual([]);
  });

  it('are understood, and nothing that English fills in is left out or made up', () => {
    const complaints: string[] = [];
    const intl = createIntl({
      locale: language,
      messages,
      onError: (error) => complaints.push(error.message),
    });
    for (const [key, message] of Object.entries(english)) {
      const values = Object.fromEntries(placeholders(message).map((name) => [name, 2]));
      const said = intl.formatMessage({ id: key }, values);
      if (said.includes('{')) complaints.push(`${key}: ${said}`);
    }
    expect(complaints).toEqual([]);
    for (const [key, message] of Object.entries(messages)) {
      const inEnglish = Object.entries(english).find(([name]) => name === key)?.[1] ?? '';
      expect(placeholders(message), key).toEqual(placeholders(inEnglish));
    }
  });

  it('say each problem with all that it is about', () => {
    for (const [code, sentence] of Object.entries(problemSentences)) {
      const names = placeholders(sentence);
      const params = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
      const said = problemText(
        { ...problem('INTERNAL'), code: code as keyof typeof problemSentences, params },
        language,
      );
      for (const name of names) expect(said, `${code} in ${language}`).toContain(`<${name}>`);
      expect(said).not.toMatch(/\{\w+\}/);
    }
  });
});
