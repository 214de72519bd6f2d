import fs from 'node:fs';
import path from 'node:path';
import appJson from '../plugin.json';
import forecastBandJson from '../panels/forecastband/plugin.json';
import recommendationJson from '../panels/recommendation/plugin.json';
import shortfallTimelineJson from '../panels/shortfalltimeline/plugin.json';
import { SAME_IN_EVERY_LANGUAGE } from './sameWords';

type Words = { readonly [key: string]: string | Words };

const SRC = path.resolve(__dirname, '..');
const PLUGINS = [
  { folder: SRC, ...appJson },
  { folder: path.join(SRC, 'panels/forecastband'), ...forecastBandJson },
  { folder: path.join(SRC, 'panels/recommendation'), ...recommendationJson },
  { folder: path.join(SRC, 'panels/shortfalltimeline'), ...shortfallTimelineJson },
];
const ENGLISH = 'en-US';
const PLURAL = /_(zero|one|two|few|many|other)$/;
const TRANSLATED = PLUGINS.flatMap(({ folder, id, languages }) =>
  languages
    .filter((language) => language !== ENGLISH)
    .map((language) => ({ id, language, english: wordsOf(folder, ENGLISH, id), words: wordsOf(folder, language, id) }))
);

it('every plugin speaks the languages of the app, and more than one', () => {
  expect(PLUGINS.map(({ languages }) => languages)).toEqual(PLUGINS.map(() => appJson.languages));
  expect(appJson.languages.length).toBeGreaterThan(1);
});

describe.each(TRANSLATED)('$id in $language', ({ language, english, words }) => {
  it('has a text for each English one, in each plural form that the language has, and no other', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const expected = [...english.keys()].flatMap((key) =>
      PLURAL.test(key) ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key]
    );
    expect([...words.keys()].sort()).toEqual([...new Set(expected)].sort());
  });

  it('has the same values to fill in, and no empty text', () => {
    const filled = [...words].map(([key, text]) => ({ key, values: valuesOf(text) }));
    expect(filled).toEqual(filled.map(({ key }) => ({ key, values: valuesOf(englishOf(key)) })));
    expect([...words].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('is English nowhere but where a word is the same', () => {
    const same = [...words].flatMap(([key, text]) => (text === englishOf(key) && hasWords(text) ? [text] : []));
    expect(same.filter((text) => !SAME_IN_EVERY_LANGUAGE.has(text))).toEqual([]);
  });

  function englishOf(key: string): string {
    return english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
  }
});

it('what is said to be the same is the same somewhere', () => {
  const same = new Set(
    TRANSLATED.flatMap(({ english, words }) =>
      [...words].flatMap(([key, text]) => (english.get(key) === text ? [text] : []))
    )
  );
  expect([...SAME_IN_EVERY_LANGUAGE].filter((text) => !same.has(text))).toEqual([]);
});

function wordsOf(folder: string, language: string, id: string): Map<string, string> {
  const file = path.join(folder, `locales/${language}/${id}.json`);
  return new Map(flat(JSON.parse(fs.readFileSync(file, 'utf8')) as Words, ''));
}

function flat(words: Words, before: string): Array<[string, string]> {
  return Object.entries(words).flatMap(([key, value]): Array<[string, string]> =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : flat(value, `${before}${key}.`)
  );
}

function valuesOf(text: string): string[] {
  return [...text.matchAll(/\{\{[^{}]*\}\}/g)].map(([value]) => value).sort();
}

/** Values to fill in and signs are the same in each language. */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{\{[^{}]*\}\}/g, ''));
}
