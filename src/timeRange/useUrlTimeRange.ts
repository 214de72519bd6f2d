import { useCallback, useMemo } from 'react';
import { dateMath, getTimeZone, type TimeRange } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useSearchParams } from 'react-router-dom';
import { PARAMS } from '../routes';
import { isEpochMs, toTimeRange } from './toTimeRange';

export interface UrlTimeRange {
  readonly range: TimeRange;
  readonly timeZone: TimeZone;
  /** As it stands in the address: `now-24h`, `now+24h`, epoch milliseconds. */
  readonly rawFrom: string;
  readonly rawTo: string;
  readonly setRange: (range: TimeRange) => void;
  readonly setAbsolute: (fromMs: number, toMs: number) => void;
  readonly setTimeZone: (timeZone: TimeZone) => void;
}

export interface RawSpan {
  readonly from: string;
  readonly to: string;
}

const A_DAY_AROUND: RawSpan = { from: 'now-24h', to: 'now+24h' };

/**
 * The time range and time zone in the address, from a day ago to a day ahead by default; relative
 * instants are read anew whenever `refreshedAt` changes.
 */
export function useUrlTimeRange(refreshedAt?: number, fallback = A_DAY_AROUND): UrlTimeRange {
  const [params, setParams] = useSearchParams();
  const rawFrom = validOr(params.get(PARAMS.from), fallback.from);
  const rawTo = validOr(params.get(PARAMS.to), fallback.to);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const range = useMemo(() => toTimeRange(rawFrom, rawTo), [rawFrom, rawTo, refreshedAt]);

  const write = useCallback(
    (changes: Readonly<Record<string, string>>) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries(changes)) {
          after.set(key, value);
        }
        return after;
      }),
    [setParams]
  );
  const setRange = useCallback(
    ({ raw }: TimeRange) => write({ [PARAMS.from]: rawText(raw.from), [PARAMS.to]: rawText(raw.to) }),
    [write]
  );
  const setAbsolute = useCallback(
    (fromMs: number, toMs: number) =>
      write({ [PARAMS.from]: String(Math.round(fromMs)), [PARAMS.to]: String(Math.round(toMs)) }),
    [write]
  );
  const setTimeZone = useCallback((timeZone: TimeZone) => write({ [PARAMS.timeZone]: timeZone }), [write]);
  return {
    range,
    timeZone: params.get(PARAMS.timeZone) ?? getTimeZone(),
    rawFrom,
    rawTo,
    setRange,
    setAbsolute,
    setTimeZone,
  };
}

function validOr(text: string | null, fallback: string): string {
  return text !== null && (isEpochMs(text) || dateMath.isValid(text)) ? text : fallback;
}

function rawText(instant: TimeRange['raw']['from']): string {
  return typeof instant === 'string' ? instant : String(instant.valueOf());
}
