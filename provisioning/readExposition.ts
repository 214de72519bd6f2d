import { LabelSet } from '../backend/promql/index.ts';

export interface ExposedSample {
  readonly labels: LabelSet;
  readonly value: number;
}

/** The samples of a text in Prometheus' exposition format, with further labels as a scrape adds them. */
export function readExposition(text: string, target: Readonly<Record<string, string>>): ExposedSample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new Error(`not a sample: ${line}`);
      }
      const own: Record<string, string> = {};
      for (const [, key = '', quoted = ''] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)",?/g)) {
        own[key] = quoted.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
      }
      return {
        labels: LabelSet.from({ ...own, ...target, __name__: name }),
        value: Number(value.replace('Inf', 'Infinity')),
      };
    });
}
