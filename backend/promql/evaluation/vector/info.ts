import { unwrap, type Call, type Expr, type VectorSelector } from '../../ast.ts';
import { LabelSet } from '../../labelSet.ts';
import { labelMatcher, type LabelMatcher } from '../../matcher.ts';
import type { EvaluationContext } from '../context.ts';
import { offsetMs } from '../durationValue.ts';
import { executionError } from '../executionError.ts';
import { gridTimeAt, lastGridTime, type EvaluationGrid } from '../grid.ts';
import { evaluateInstantSelector } from '../instantSelector.ts';
import { SeriesCollector } from '../seriesCollector.ts';
import { isPresent, type VectorSeries } from '../value.ts';

const DEFAULT_INFO_METRIC = 'target_info';
const IDENTIFYING = ['instance', 'job'];

/** `info(v, {selector})`: adds the labels of the info metrics that describe the same instance and job. */
export async function evaluateInfo(
  context: EvaluationContext,
  call: Call,
  grid: EvaluationGrid
): Promise<VectorSeries[]> {
  const [baseArg, selectorArg] = call.args as [Expr, Expr | undefined];
  const base = await context.evaluateVector(baseArg, grid);
  const inner = selectorArg === undefined ? undefined : unwrap(selectorArg);
  const matchers = inner?.kind === 'vectorSelector' ? inner.matchers : [];
  const named = matchers.filter((matcher) => matcher.name === '__name__');
  const names =
    inner === undefined || named.length === 0 ? [labelMatcher('__name__', '=', DEFAULT_INFO_METRIC)] : named;
  const dataMatchers = matchers.filter((matcher) => matcher.name !== '__name__');
  const isInfo = (series: VectorSeries): boolean => names.every((matcher) => matcher.matches(series.labels.name));
  const described = base.filter((series) => !isInfo(series));
  const infos = await selectInfos(context, baseArg, grid, described, [...names, ...dataMatchers]);
  return combine(base, infos, dataMatchers, isInfo, grid);
}

/** The info series of the given series; each value is the time of its sample, so that the newest can be found. */
async function selectInfos(
  context: EvaluationContext,
  baseArg: Expr,
  grid: EvaluationGrid,
  described: readonly VectorSeries[],
  matchers: readonly LabelMatcher[]
): Promise<readonly VectorSeries[]> {
  const identifying = IDENTIFYING.map((name) => {
    const values = new Set(described.map((series) => series.labels.get(name)).filter((value) => value !== ''));
    return { name, values };
  }).filter(({ values }) => values.size > 0);
  if (identifying.length === 0) {
    return [];
  }
  const reference = firstSelector(baseArg);
  const offset = offsetMs(reference?.offset);
  const at = reference?.at;
  const selector: VectorSelector = {
    kind: 'vectorSelector',
    name: '',
    matchers: [
      ...matchers,
      ...identifying.map(({ name, values }) => ({
        ...labelMatcher(name, '!=', ''),
        matches: (text: string) => values.has(text),
      })),
    ],
    position: baseArg.position,
    ...(reference?.offset === undefined ? {} : { offset: reference.offset }),
    ...(at === undefined ? {} : { at }),
  };
  const isPinned = typeof at === 'number';
  const selected = await context.source.select(selector.matchers, {
    minMs: (isPinned ? at : gridTimeAt(grid, 0)) - offset,
    maxMs: (isPinned ? at : lastGridTime(grid)) - offset,
    lookbackMs: context.lookbackMs,
  });
  return await evaluateInstantSelector(selector, selected, grid, context.lookbackMs, context.meter, 'timeMs');
}

function firstSelector(expr: Expr): VectorSelector | undefined {
  switch (expr.kind) {
    case 'vectorSelector':
      return expr;
    case 'matrixSelector':
      return expr.selector;
    case 'call':
      return expr.args.map(firstSelector).find((selector) => selector !== undefined);
    case 'binary':
      return firstSelector(expr.left) ?? firstSelector(expr.right);
    case 'number':
    case 'string':
      return undefined;
    default:
      return firstSelector(expr.expr);
  }
}

function signature(infoName: string, labels: LabelSet): string {
  return [infoName, ...IDENTIFYING.map((name) => labels.get(name))].join('\u0000');
}

function combine(
  base: readonly VectorSeries[],
  infos: readonly VectorSeries[],
  dataMatchers: readonly LabelMatcher[],
  isInfo: (series: VectorSeries) => boolean,
  grid: EvaluationGrid
): VectorSeries[] {
  const bySignature = Map.groupBy(infos, (info) => signature(info.labels.name, info.labels));
  const infoNames = [...new Set(infos.map((info) => info.labels.name))];
  const dataNames = new Set(dataMatchers.map((matcher) => matcher.name));
  const isRequired = dataMatchers.some((matcher) => !matcher.matches(''));
  const collector = new SeriesCollector(grid.count);
  for (const series of base) {
    if (isInfo(series)) {
      collector.add(series);
      continue;
    }
    for (let step = 0; step < grid.count; step++) {
      if (!isPresent(series, step)) {
        continue;
      }
      const added = new Map<string, string>();
      for (const infoName of infoNames) {
        const info = newestAt(bySignature.get(signature(infoName, series.labels)) ?? [], step, infoName);
        addLabels(added, info?.labels ?? LabelSet.EMPTY, series.labels, dataNames);
      }
      if (added.size === 0 && isRequired) {
        continue;
      }
      const labels = LabelSet.from({ ...series.labels.toRecord(), ...Object.fromEntries(added) });
      collector.set(labels, false, step, series.values[step]!);
    }
  }
  return collector.collect();
}

function newestAt(infos: readonly VectorSeries[], step: number, name: string): VectorSeries | undefined {
  let newest: VectorSeries | undefined;
  for (const info of infos) {
    if (!isPresent(info, step)) {
      continue;
    }
    if (newest !== undefined && newest.values[step] === info.values[step]) {
      throw executionError(`found duplicate series for info metric ${name}`);
    }
    newest = newest === undefined || info.values[step]! > newest.values[step]! ? info : newest;
  }
  return newest;
}

function addLabels(added: Map<string, string>, info: LabelSet, base: LabelSet, dataNames: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries(info.toRecord())) {
    if (name === '__name__' || (dataNames.size > 0 && !dataNames.has(name))) {
      continue;
    }
    const former = added.get(name);
    if (former !== undefined && former !== value) {
      throw executionError(`conflicting label: ${name}`);
    }
    if (base.get(name) === '') {
      added.set(name, value);
    }
  }
}
