import type { FastifyReply } from 'fastify';
import { HeadroomError } from '../../errors/index.ts';
import {
  compareLabelSets,
  formatSampleValue,
  LabelSet,
  parseSelector,
  QueryBudget,
  type LabelMatcher,
  type PromSeries,
} from '../../promql/index.ts';
import type { ApiRequest } from './api/apiRequest.ts';
import type { QueryTurn } from './api/queryGate.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const LOOKBACK_MS = 300_000;
/** Series between two breaths. */
const BREATH_SERIES = 500;

/** `federate`: the last sample of each series that fulfils a selector, in the text format, with its time. */
export async function federate(request: ApiRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { parameters, gate, signal } = request;
  let selectors: ReadonlyArray<readonly LabelMatcher[]>;
  try {
    const budget = new QueryBudget();
    selectors = parameters.all('match[]').map((text) => parseSelector(text, budget));
  } catch (error) {
    if (error instanceof HeadroomError) {
      return reply.status(400).type('text/plain; charset=utf-8').send(`${error.message}\n`);
    }
    throw error;
  }
  const text = await gate.run(undefined, signal, (turn) => exposition(request, selectors, turn));
  return reply.type(CONTENT_TYPE).send(text);
}

async function exposition(
  { source, nowMs }: ApiRequest,
  selectors: ReadonlyArray<readonly LabelMatcher[]>,
  { checkpoint }: QueryTurn
): Promise<string> {
  const byKey = new Map<string, { readonly labels: LabelSet; readonly series: PromSeries }>();
  for (const matchers of selectors) {
    for (const series of await source.select(matchers, { minMs: nowMs, maxMs: nowMs, lookbackMs: LOOKBACK_MS })) {
      const labels = LabelSet.from(series.labels);
      byKey.set(labels.key, { labels, series });
    }
  }
  const wanted = [...byKey.values()].sort(
    (a, b) => compareTexts(nameOf(a.labels), nameOf(b.labels)) || compareLabelSets(a.labels, b.labels)
  );
  let text = '';
  let family = '';
  for (const [index, { labels, series }] of wanted.entries()) {
    const line = lineOf(labels, series, nowMs);
    if (line !== undefined) {
      const name = nameOf(labels);
      text += name === family ? line : `# TYPE ${name} untyped\n${line}`;
      family = name;
    }
    if (index % BREATH_SERIES === BREATH_SERIES - 1) {
      await checkpoint();
    }
  }
  return text;
}

/** The line of a series' last sample at `nowMs`; `undefined` where it has none that holds, or no name. */
function lineOf(labels: LabelSet, series: PromSeries, nowMs: number): string | undefined {
  const { timestamps, values, stale } = series.samples();
  const index = timestamps.findLastIndex((time) => time <= nowMs);
  const isHeld = index >= 0 && timestamps[index]! > nowMs - Math.max(LOOKBACK_MS, series.lookbackMs ?? 0);
  if (!isHeld || stale?.[index] === 1 || nameOf(labels) === '') {
    return undefined;
  }
  // Without a label of its own, or one said to be empty, the reader would add its own `instance`.
  const all = { ...labels.toRecord(), ...(labels.get('instance') === '' ? { instance: '' } : {}) };
  const written = Object.entries(all)
    .filter(([name]) => name !== '__name__')
    .map(([name, value]) => `${name}="${escaped(value)}"`);
  return `${nameOf(labels)}{${written.join(',')}} ${formatSampleValue(values[index]!)} ${String(timestamps[index])}\n`;
}

function nameOf(labels: LabelSet): string {
  return labels.get('__name__');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
