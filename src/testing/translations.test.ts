import fs from 'node:fs';
import path from 'node:path';
import { translationKeys, type TranslationKey } from './translationKeys';

type Words = { [key: string]: string | Words };

const SRC = path.resolve(__dirname, '..');
const PLUGINS = [
  { folder: SRC, id: 'headroom-capacity-app' },
  { folder: path.join(SRC, 'panels/forecastband'), id: 'headroom-forecastband-panel' },
  { folder: path.join(SRC, 'panels/shortfalltimeline'), id: 'headroom-shortfalltimeline-panel' },
  { folder: path.join(SRC, 'panels/recommendation'), id: 'headroom-recommendation-panel' },
];

describe.each(PLUGINS)('the words of $id', ({ folder, id }) => {
  const file = path.join(folder, `locales/en-US/${id}.json`);
  const keys = translationKeys(path.join(folder, 'module.tsx'));

  it('are one text for each key', () => {
    const texts = new Map<string, string>();
    const twice = keys.filter(({ key, text }) => {
      const known = texts.get(key);
      texts.set(key, text);
      return known !== undefined && known !== text;
    });
    expect(twice).toEqual([]);
  });

  it('are those of its English file (UPDATE_LOCALES=1 writes it)', () => {
    const words = nested(keys);
    if (process.env.UPDATE_LOCALES === '1') {
      fs.writeFileSync(file, `${JSON.stringify(words, null, 2)}\n`);
    }
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(words);
    expect(keys.length).toBeGreaterThan(10);
  });
});

function nested(keys: readonly TranslationKey[]): Words {
  const words: Words = {};
  for (const { key, text } of [...keys].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const parts = key.split('.');
    const last = parts.pop() ?? '';
    let at = words;
    for (const part of parts) {
      const next = at[part] ?? {};
      if (typeof next === 'string') {
        throw new Error(`${key}: ${part} is a text already`);
      }
      at[part] = next;
      at = next;
    }
    at[last] = text;
  }
  return words;
}
