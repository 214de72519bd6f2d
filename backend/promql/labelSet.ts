import type { Labels } from '../timeseries/index.ts';
import { goQuote } from './syntax/goQuote.ts';

const LEGACY_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** The labels that an operation drops when its result is no longer the metric: name, type and unit. */
const METADATA = new Set(['__name__', '__type__', '__unit__']);

/** An immutable set of labels, sorted by name, without empty values; equal sets have equal keys. */
export class LabelSet {
  static readonly EMPTY: LabelSet = new LabelSet([]);

  /** `[name, value, name, value, ...]`, ascending by name. */
  readonly pairs: readonly string[];
  #key: string | undefined;

  private constructor(pairs: readonly string[]) {
    this.pairs = pairs;
  }

  static from(labels: Labels): LabelSet {
    const pairs: string[] = [];
    for (const name of Object.keys(labels).sort()) {
      const value = labels[name] ?? '';
      if (value !== '') {
        pairs.push(name, value);
      }
    }
    return new LabelSet(pairs);
  }

  /** A text that is equal for equal label sets and for no others. */
  get key(): string {
    this.#key ??= keyOf(this.pairs);
    return this.#key;
  }

  get name(): string {
    return this.get('__name__');
  }

  get size(): number {
    return this.pairs.length / 2;
  }

  /** The value of a label, `''` where it is absent. */
  get(name: string): string {
    for (let i = 0; i < this.pairs.length; i += 2) {
      if (this.pairs[i] === name) {
        return this.pairs[i + 1]!;
      }
    }
    return '';
  }

  /** Only the named labels. */
  keep(names: ReadonlySet<string>): LabelSet {
    return this.#filter((name) => names.has(name));
  }

  /** All but the named labels. */
  without(names: ReadonlySet<string>): LabelSet {
    return this.#filter((name) => !names.has(name));
  }

  /** Without metric name, type and unit. */
  withoutMetadata(): LabelSet {
    return this.#filter((name) => !METADATA.has(name));
  }

  /** With a label set to `value`; an empty value removes it. */
  with(name: string, value: string): LabelSet {
    const labels = this.toRecord();
    labels[name] = value;
    return LabelSet.from(labels);
  }

  toRecord(): Record<string, string> {
    const labels = Object.create(null) as Record<string, string>;
    for (let i = 0; i < this.pairs.length; i += 2) {
      labels[this.pairs[i]!] = this.pairs[i + 1]!;
    }
    return labels;
  }

  /** As Prometheus prints a label set: `{a="1", b="2"}`. */
  toString(): string {
    const parts: string[] = [];
    for (let i = 0; i < this.pairs.length; i += 2) {
      const name = this.pairs[i]!;
      parts.push(`${LEGACY_NAME.test(name) ? name : goQuote(name)}=${goQuote(this.pairs[i + 1]!)}`);
    }
    return `{${parts.join(', ')}}`;
  }

  #filter(isKept: (name: string) => boolean): LabelSet {
    const pairs: string[] = [];
    for (let i = 0; i < this.pairs.length; i += 2) {
      if (isKept(this.pairs[i]!)) {
        pairs.push(this.pairs[i]!, this.pairs[i + 1]!);
      }
    }
    return pairs.length === this.pairs.length ? this : new LabelSet(pairs);
  }
}

/** Orders label sets as Prometheus does: pair by pair, the shorter first where one begins the other. */
export function compareLabelSets(a: LabelSet, b: LabelSet): number {
  const shared = Math.min(a.pairs.length, b.pairs.length);
  for (let i = 0; i < shared; i++) {
    const left = a.pairs[i]!;
    const right = b.pairs[i]!;
    if (left !== right) {
      return left < right ? -1 : 1;
    }
  }
  return a.pairs.length - b.pairs.length;
}

function keyOf(pairs: readonly string[]): string {
  let key = '';
  for (const text of pairs) {
    key += `${String(text.length)}:${text}`;
  }
  return key;
}
