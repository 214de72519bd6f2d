import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SHORTFALL_WINDOWS, type Outlook, type SeriesOutlook, type ShortfallOutlook } from '../allocation/index.ts';
import { HEADER_DICTIONARY, outlookHeaderSchema, type OutlookHeader } from './outlookHeader.ts';
import { packFloats, unpackFloats } from './packFloats.ts';

const FORMAT = 1;
const WINDOWS = Object.keys(SHORTFALL_WINDOWS) as ReadonlyArray<keyof typeof SHORTFALL_WINDOWS>;
/** What a record may unpack to: far above any outlook, and no danger to the memory. */
const UNPACKED_LIMIT_BYTES = 256 * 1024 * 1024;

/** What the record itself does not hold, because the database searches by it. */
export type OutlookKey = Pick<Outlook, 'workload' | 'issuedAtSeconds' | 'cutoffSeconds' | 'grid'>;

/**
 * An outlook as a compact record: a format byte, then deflated the length of a JSON header (32 bits), the header, and
 * all numbers as single-precision floats. Throws a RangeError where an array does not fit the grid.
 */
export function encodeOutlook(outlook: Outlook): Uint8Array {
  const header: OutlookHeader = {
    series: outlook.series.map(({ name, kind, unit, model, levels, capacity, shortfall, warnings }) => ({
      name,
      kind,
      unit,
      model,
      levels: [...levels],
      hasCapacity: capacity !== undefined,
      hasShortfall: shortfall !== undefined,
      warnings: [...warnings],
    })),
    windows: [...WINDOWS],
    hasAnyShortfall: outlook.anyShortfall !== undefined,
    hasReplicas: outlook.replicas !== undefined,
    hasCost: outlook.costHourly !== undefined,
    ...(outlook.requests && { requests: [...outlook.requests] }),
    currency: outlook.currency,
    warnings: [...outlook.warnings],
  };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const floats = packFloats(arraysOf(outlook));
  const packed = deflateRawSync(Buffer.concat([length, json, floats]), { level: 1, dictionary: HEADER_DICTIONARY });
  return Buffer.concat([Buffer.of(FORMAT), packed]);
}

/** The outlook of a record; throws an Error that says what is wrong with a record that is none. */
export function decodeOutlook(record: Uint8Array, key: OutlookKey): Outlook {
  if (record[0] !== FORMAT) {
    throw new Error(`its format is ${record[0] ?? 'missing'}, this version reads ${FORMAT}`);
  }
  const options = { dictionary: HEADER_DICTIONARY, maxOutputLength: UNPACKED_LIMIT_BYTES };
  const unpacked = inflateRawSync(record.subarray(1), options);
  const bodyStart = 4 + unpacked.readUInt32LE(0);
  const header = outlookHeaderSchema.parse(JSON.parse(unpacked.toString('utf8', 4, bodyStart)));
  const body = unpacked.subarray(bodyStart);
  const expected = 4 * key.grid.length * arrayCount(header);
  if (body.length !== expected) {
    throw new Error(`it holds ${body.length} bytes of numbers instead of ${expected}`);
  }
  return build(header, unpackFloats(body), key);
}

/** All arrays in the order of the record. */
function arraysOf(outlook: Outlook): readonly Float64Array[] {
  const { length } = outlook.grid;
  const fit = (array: Float64Array, factor = 1) => {
    if (array.length !== length * factor) {
      throw new RangeError(`an array has ${array.length} values where the outlook's grid asks for ${length * factor}`);
    }
    return array;
  };
  const shortfall = (one: ShortfallOutlook | undefined) =>
    one === undefined ? [] : [fit(one.probability), ...WINDOWS.map((window) => fit(one.window[window]))];
  const { replicas } = outlook;
  return [
    ...outlook.series.flatMap((series) => [
      fit(series.values, series.levels.length),
      fit(series.mean),
      ...(series.capacity === undefined ? [] : [fit(series.capacity)]),
      ...shortfall(series.shortfall),
    ]),
    ...shortfall(outlook.anyShortfall),
    ...(replicas === undefined
      ? []
      : [fit(replicas.committed), fit(replicas.reserved), fit(replicas.total), fit(replicas.burst)]),
    ...(outlook.costHourly === undefined ? [] : [fit(outlook.costHourly)]),
  ];
}

/** How many values each instant has. */
function arrayCount(header: OutlookHeader): number {
  const shortfall = 1 + header.windows.length;
  let count = header.hasAnyShortfall ? shortfall : 0;
  for (const { levels, hasCapacity, hasShortfall } of header.series) {
    count += levels.length + 1 + (hasCapacity ? 1 : 0) + (hasShortfall ? shortfall : 0);
  }
  return count + (header.hasReplicas ? 4 : 0) + (header.hasCost ? 1 : 0);
}

function build(header: OutlookHeader, floats: Float64Array, key: OutlookKey): Outlook {
  const { length } = key.grid;
  let offset = 0;
  const take = (factor = 1) => floats.slice(offset, (offset += length * factor));
  const takeShortfall = (): ShortfallOutlook => {
    const probability = take();
    const stored = new Map(header.windows.map((window) => [window, take()]));
    const of = (window: string) => stored.get(window) ?? new Float64Array(length).fill(Number.NaN);
    return { probability, window: { '1h': of('1h'), '6h': of('6h'), '24h': of('24h') } };
  };
  const series = header.series.map(({ hasCapacity, hasShortfall, levels, ...rest }): SeriesOutlook => {
    const values = take(levels.length);
    const mean = take();
    return {
      ...rest,
      levels,
      values,
      mean,
      ...(hasCapacity && { capacity: take() }),
      ...(hasShortfall && { shortfall: takeShortfall() }),
    };
  });
  return {
    ...key,
    series,
    ...(header.hasAnyShortfall && { anyShortfall: takeShortfall() }),
    ...(header.hasReplicas && { replicas: { committed: take(), reserved: take(), total: take(), burst: take() } }),
    ...(header.requests && { requests: header.requests }),
    ...(header.hasCost && { costHourly: take() }),
    currency: header.currency,
    warnings: header.warnings,
  };
}
