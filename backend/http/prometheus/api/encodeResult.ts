import {
  formatSampleValue,
  formatTimestamp,
  type LabelSet,
  type MatrixSeries,
  type QueryValue,
} from '../../../promql/index.ts';
import { encodePoints } from './points/encodePoints.ts';

/** Characters in one piece of an answer. */
const PIECE = 131_072;

/** A part of an answer: text, or its bytes. */
export type Piece = string | Buffer;

/** What stands beside a query's result in an answer. */
export interface ResultNotes {
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  /** Added to `data` as `stats`. */
  readonly stats?: Readonly<Record<string, unknown>>;
}

/** A query's answer as Prometheus writes it, in pieces. */
export function* encodeResult(value: QueryValue, notes: ResultNotes): Generator<Piece, undefined> {
  yield `{"status":"success","data":{"resultType":"${value.type}","result":`;
  switch (value.type) {
    case 'scalar':
      yield `[${formatTimestamp(value.timeMs)},"${formatSampleValue(value.value)}"]`;
      break;
    case 'string':
      yield `[${formatTimestamp(value.timeMs)},${JSON.stringify(value.value)}]`;
      break;
    case 'vector':
      yield* encodeVector(value);
      break;
    case 'matrix':
      yield* encodeMatrix(value.series);
  }
  const stats = notes.stats === undefined ? '' : `,"stats":${JSON.stringify(notes.stats)}`;
  yield `${stats}}${encodeNotes(notes)}}`;
  return undefined;
}

/** `,"warnings":[...],"infos":[...]`, each only where there are any. */
export function encodeNotes({ warnings, infos }: Pick<ResultNotes, 'warnings' | 'infos'>): string {
  return (
    (warnings.length === 0 ? '' : `,"warnings":${JSON.stringify(warnings)}`) +
    (infos.length === 0 ? '' : `,"infos":${JSON.stringify(infos)}`)
  );
}

/** A label set as a JSON object. */
export function encodeLabels({ pairs }: LabelSet): string {
  let text = '{';
  for (let i = 0; i < pairs.length; i += 2) {
    text += `${i === 0 ? '' : ','}${JSON.stringify(pairs[i])}:${JSON.stringify(pairs[i + 1])}`;
  }
  return `${text}}`;
}

function* encodeVector(value: Extract<QueryValue, { type: 'vector' }>): Generator<Piece, undefined> {
  const time = formatTimestamp(value.timeMs);
  let piece = '[';
  for (const [index, sample] of value.samples.entries()) {
    const metric = encodeLabels(sample.labels);
    piece += `${index === 0 ? '' : ','}{"metric":${metric},"value":[${time},"${formatSampleValue(sample.value)}"]}`;
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}]`;
  return undefined;
}

function* encodeMatrix(series: readonly MatrixSeries[]): Generator<Piece, undefined> {
  let piece = '[';
  for (const [index, { labels, timestamps, values }] of series.entries()) {
    yield `${piece}{"metric":${encodeLabels(labels)},"values":[`;
    yield* encodePoints(timestamps, values);
    piece = index === series.length - 1 ? ']}' : ']},';
  }
  yield `${piece}]`;
  return undefined;
}
