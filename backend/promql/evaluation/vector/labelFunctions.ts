import { RE2JS } from 're2js';
import { unwrap, type Expr } from '../../ast.ts';
import { isLabelName } from '../../labelName.ts';
import { patternSize } from '../../patternSize.ts';
import { LARGEST_PATTERN } from '../../regex.ts';
import type { EvaluationContext } from '../context.ts';
import { executionError } from '../executionError.ts';
import { requireDistinct } from '../seriesCollector.ts';
import type { VectorSeries } from '../value.ts';

/** About the nanoseconds that it takes to compile an instruction, and to relabel a series. */
const COMPILE_WORK = 10_000;
const SERIES_WORK = 3000;
const TEMPLATE_NAME = /^\$(?:\$|\{(\w+)\}|(\w+))/;

/** The text of a string argument. */
export function stringArgument(arg: Expr | undefined): string {
  const inner = arg === undefined ? undefined : unwrap(arg);
  return inner?.kind === 'string' ? inner.value : '';
}

/** `label_replace(v, dst, replacement, src, regex)`: sets a label where another one matches. */
export async function labelReplace(
  { meter }: EvaluationContext,
  series: readonly VectorSeries[],
  args: readonly Expr[]
): Promise<VectorSeries[]> {
  const [target, template, source, pattern] = args.slice(1).map(stringArgument) as [string, string, string, string];
  const size = patternSize(pattern);
  const regex = compile(pattern, size);
  requireLabelName(target, 'destination', 'label_replace');
  let work = size * COMPILE_WORK;
  const replaced: VectorSeries[] = [];
  for (const one of series) {
    const text = one.labels.get(source);
    const matcher = regex.matcher(text);
    const group = (name: string): string => groupText(matcher, name);
    replaced.push(matcher.matches() ? withLabel(one, target, expandTemplate(template, group)) : one);
    work += SERIES_WORK + size * text.length;
    if (meter.spend(work)) {
      await meter.pause();
    }
    work = 0;
  }
  requireDistinct(replaced);
  return replaced;
}

/** `label_join(v, dst, separator, src...)`: sets a label to the values of others, joined. */
export function labelJoin(series: readonly VectorSeries[], args: readonly Expr[]): VectorSeries[] {
  const [target = '', separator = '', ...sources] = args.slice(1).map(stringArgument);
  for (const source of sources) {
    requireLabelName(source, 'source', 'label_join');
  }
  requireLabelName(target, 'destination', 'label_join');
  const joined = series.map((one) => {
    const values = sources.map((source) => one.labels.get(source));
    return withLabel(one, target, values.join(separator));
  });
  requireDistinct(joined);
  return joined;
}

function withLabel(series: VectorSeries, name: string, value: string): VectorSeries {
  const dropsName = name === '__name__' ? false : series.dropsName;
  return { ...series, labels: series.labels.with(name, value), dropsName };
}

function requireLabelName(name: string, role: string, fn: string): void {
  if (!isLabelName(name)) {
    throw executionError(`invalid ${role} label name in ${fn}(): ${name}`);
  }
}

function compile(pattern: string, size: number): RE2JS {
  if (size > LARGEST_PATTERN) {
    throw executionError(
      `regular expression in label_replace() is too large: more than ${String(LARGEST_PATTERN)} instructions`
    );
  }
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw executionError(`invalid regular expression in label_replace(): ${pattern}`);
  }
}

type Matcher = ReturnType<RE2JS['matcher']>;

/** A group's text by its number or name, `''` where there is none. */
function groupText(matcher: Matcher, name: string): string {
  if (/^\d+$/.test(name)) {
    const index = Number(name);
    return index <= matcher.groupCount() ? (matcher.group(index) ?? '') : '';
  }
  try {
    return matcher.group(name) ?? '';
  } catch {
    return '';
  }
}

/** Fills `$1`, `${name}` and `$$`; a name is as long as can be. Source: Go's Regexp.Expand. */
function expandTemplate(template: string, group: (name: string) => string): string {
  let expanded = '';
  for (let at = 0; at < template.length;) {
    const [matched, braced, bare] = TEMPLATE_NAME.exec(template.slice(at)) ?? [];
    if (matched === undefined) {
      expanded += template.charAt(at++);
      continue;
    }
    const name = braced ?? bare;
    expanded += name === undefined ? '$' : group(name);
    at += matched.length;
  }
  return expanded;
}
