import { annotationTexts, compareLabelSets, isLabelName, LabelSet, type LabelMatcher } from '../../../promql/index.ts';
import type { ApiAnswer, ApiRequest } from './apiRequest.ts';
import { badData, invalidParameter } from './parameters.ts';
import { unescapeLabelName } from './unescapeLabelName.ts';

const EVER = { start: -8.64e15, end: 8.64e15 };
const MOST_NOTES = 10;

/** `series`: the label sets that fulfil at least one of the selectors. */
export async function series(request: ApiRequest): Promise<ApiAnswer> {
  const { parameters } = request;
  if (parameters.all('match[]').length === 0) {
    throw badData('no match[] parameter provided');
  }
  const limit = parameters.limit();
  const range = timeRange(request);
  let sets: ReadonlyArray<readonly LabelMatcher[]>;
  try {
    sets = parameters.matcherSets();
  } catch (error) {
    throw invalidParameter('match[]', (error as Error).message);
  }
  const labels = (await labelSets(request, sets, range)).sort(compareLabelSets);
  return limited(
    request,
    limit,
    labels.map((set) => set.toRecord())
  );
}

/** `labels`: the names of all labels. */
export async function labelNames(request: ApiRequest): Promise<ApiAnswer> {
  const limit = request.parameters.limit();
  const range = timeRange(request);
  const sets = await labelSets(request, request.parameters.matcherSets(), range);
  return limited(request, limit, distinct(sets.flatMap((set) => Object.keys(set.toRecord()))));
}

/** `label/<name>/values`: the values of one label. */
export async function labelValues(request: ApiRequest, escapedName: string): Promise<ApiAnswer> {
  const name = unescapeLabelName(escapedName);
  if (!isLabelName(name)) {
    throw badData(`invalid label name: ${JSON.stringify(name)}`);
  }
  const limit = request.parameters.limit();
  const range = timeRange(request);
  const sets = await labelSets(request, request.parameters.matcherSets(), range);
  return limited(request, limit, distinct(sets.map((set) => set.get(name)).filter((value) => value !== '')));
}

function timeRange({ parameters }: ApiRequest): { readonly minMs: number; readonly maxMs: number } {
  return { minMs: parameters.timeMs('start', EVER.start), maxMs: parameters.timeMs('end', EVER.end) };
}

/** The label sets of all series, or of those that fulfil one of the sets of matchers. */
async function labelSets(
  { source }: ApiRequest,
  sets: ReadonlyArray<readonly LabelMatcher[]>,
  range: { readonly minMs: number; readonly maxMs: number }
): Promise<LabelSet[]> {
  const selected = await Promise.all(
    (sets.length === 0 ? [[]] : sets).map((matchers) =>
      source.select(matchers, { ...range, lookbackMs: 0, isLabelsOnly: true })
    )
  );
  const byKey = new Map<string, LabelSet>();
  for (const { labels } of selected.flat()) {
    const set = LabelSet.from(labels);
    byKey.set(set.key, set);
  }
  return [...byKey.values()];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function limited({ source }: ApiRequest, limit: number, results: readonly unknown[]): ApiAnswer {
  const warnings = annotationTexts(source.notices(), 'warning', '', MOST_NOTES);
  return limit > 0 && results.length > limit
    ? { data: results.slice(0, limit), warnings: [...warnings, 'results truncated due to limit'] }
    : { data: results, warnings };
}
