import type { DriftKind, DriftVerdict } from './driftVerdict.ts';
import { relevelledMeans } from './relevelled.ts';
import { SPREAD_BLOCKS, spreadOf, weeklyRise } from './statistics.ts';
import { ALARM_DAYS, thresholdOf, type DriftState, type DriftStatistic } from './driftState.ts';

const DAY_SECONDS = 86_400;
/** Growth is what lay above the week before on so many days in a row: one in 1,024 by chance, were days independent. */
const GROWTH_DAYS = 10;
/** A statistic has come back when it is below this share of its threshold. */
const BACK = 0.8;
/** So many blocks in a row a slow statistic is beyond its threshold before it is believed. */
const BELIEVED = { season: 1, moved: 1, wider: 3, narrower: 3 } as const;
const KINDS = {
  season: 'seasonChange',
  moved: 'seasonChange',
  wider: 'varianceChange',
  narrower: 'varianceChange',
} as const satisfies Record<keyof typeof BELIEVED, DriftKind>;

/** What the slower statistics say: the course of the day, the spread (unless quiet), growth; undefined where nothing. */
export function slowVerdict(
  state: DriftState,
  values: Readonly<Partial<Record<DriftStatistic, number>>>,
  beyond: ReadonlyMap<DriftStatistic, NonNullable<DriftVerdict['evidence']>>,
  isQuiet: boolean,
  perDay: number
): { readonly standing: DriftState['standing']; readonly verdict: DriftVerdict | undefined } {
  const standing: Partial<Record<DriftStatistic, number>> = {};
  for (const name of Object.keys(BELIEVED) as Array<keyof typeof BELIEVED>) {
    const before = state.standing[name] ?? 0;
    const threshold = thresholdOf(state, name);
    const stays = before >= BELIEVED[name] && threshold !== undefined && (values[name] ?? 0) > BACK * threshold;
    const count = beyond.has(name) || stays ? before + 1 : 0;
    if (count > 0 && !(isQuiet && KINDS[name] === 'varianceChange')) {
      standing[name] = count;
    }
  }
  const name = (Object.keys(BELIEVED) as Array<keyof typeof BELIEVED>).find(
    (each) => (standing[each] ?? 0) >= BELIEVED[each]
  );
  return {
    standing,
    verdict:
      name === undefined ? growthVerdict(state, perDay) : verdictOf(state, name, standing[name]!, values, beyond),
  };
}

function verdictOf(
  state: DriftState,
  name: keyof typeof BELIEVED,
  count: number,
  values: Readonly<Partial<Record<DriftStatistic, number>>>,
  beyond: ReadonlyMap<DriftStatistic, NonNullable<DriftVerdict['evidence']>>
): DriftVerdict {
  const kind = KINDS[name];
  const { blockSeconds, verdict, usualSpread } = state;
  const spread = spreadOf(state.blocks, SPREAD_BLOCKS);
  const isFactor = kind === 'varianceChange' && spread !== undefined && usualSpread !== null && usualSpread > 0;
  return {
    kind,
    isConfirmed: true,
    sinceSeconds:
      verdict.kind === kind && verdict.sinceSeconds !== null
        ? verdict.sinceSeconds
        : (state.untilSeconds ?? 0) - count * blockSeconds,
    size: isFactor ? { factor: spread / usualSpread } : null,
    evidence: beyond.get(name) ??
      (verdict.kind === kind ? verdict.evidence : null) ?? {
        statistic: values[name] ?? 0,
        threshold: thresholdOf(state, name) ?? 0,
        alarmDays: ALARM_DAYS[name],
      },
  };
}

/** Looked at when a day is over, and held until the next. */
function growthVerdict(state: DriftState, perDay: number): DriftVerdict | undefined {
  const { untilSeconds, verdict } = state;
  const isDayOver = untilSeconds !== null && Math.round(untilSeconds) % DAY_SECONDS < state.blockSeconds;
  if (!isDayOver) {
    return verdict.kind === 'growth' ? verdict : undefined;
  }
  const means = relevelledMeans(state.means, state.shifts, untilSeconds, state.blockSeconds);
  const rise = weeklyRise(means, perDay, GROWTH_DAYS);
  return rise === undefined
    ? undefined
    : {
        ...{ kind: 'growth', isConfirmed: true, size: { rise } },
        sinceSeconds: verdict.kind === 'growth' ? verdict.sinceSeconds : untilSeconds - GROWTH_DAYS * DAY_SECONDS,
        evidence: { statistic: GROWTH_DAYS, threshold: GROWTH_DAYS, alarmDays: 2 ** GROWTH_DAYS },
      };
}
