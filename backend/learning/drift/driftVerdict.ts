export type DriftKind =
  'unknown' | 'steady' | 'levelShift' | 'seasonChange' | 'varianceChange' | 'sensorFreeze' | 'growth';

/** By how much a level has shifted: y = ratio * (what was foreseen) or y = (what was foreseen) + offset, as fits better. */
export interface ShiftSize {
  readonly offset: number;
  /** `null` where the series touches zero or the offset fits better. */
  readonly ratio: number | null;
}

/** What is to be said of a series: one kind, since when, how much, and on what that rests. */
export interface DriftVerdict {
  readonly kind: DriftKind;
  /** A shift that has lasted long enough to be no spike; other kinds are confirmed at once. */
  readonly isConfirmed: boolean;
  readonly sinceSeconds: number | null;
  /** Of a level shift in the series' unit; of a variance change the factor of the spread; of growth the rise in a week. */
  readonly size: ShiftSize | { readonly factor: number } | { readonly rise: number } | null;
  /** The statistic, and what noise alone passes on one day in `alarmDays`. */
  readonly evidence: { readonly statistic: number; readonly threshold: number; readonly alarmDays: number } | null;
}

export const UNKNOWN: DriftVerdict = {
  ...{ kind: 'unknown', isConfirmed: false, sinceSeconds: null, size: null, evidence: null },
};
export const STEADY: DriftVerdict = { ...UNKNOWN, kind: 'steady', isConfirmed: true };

/** A verdict in one sentence, without its time. */
export function driftWords({ kind, isConfirmed, size }: DriftVerdict): string {
  switch (kind) {
    case 'unknown':
      return 'Too little has been scored to tell a change from noise';
    case 'steady':
      return 'As before';
    case 'levelShift':
      return `${isConfirmed ? 'Another level' : 'Perhaps another level, or a spike that will end'}${shiftWords(size)}`;
    case 'seasonChange':
      return 'The course of the day is another';
    case 'varianceChange':
      return size !== null && 'factor' in size
        ? `The spread around the forecast is ${size.factor.toPrecision(2)} times what it was`
        : 'The spread around the forecast is another';
    case 'sensorFreeze':
      return 'The measurement stands still, for longer than it ever did: taken as missing';
    case 'growth':
      return `Steady growth${size !== null && 'rise' in size ? `, by ${size.rise.toPrecision(2)} in a week` : ''}`;
  }
}

function shiftWords(size: DriftVerdict['size']): string {
  if (size === null || !('offset' in size)) {
    return '';
  }
  if (size.ratio === null) {
    return `, ${size.offset < 0 ? 'lower' : 'higher'} by ${Math.abs(size.offset).toPrecision(2)}`;
  }
  const percent = Math.round(100 * Math.abs(size.ratio - 1));
  return `, ${size.ratio < 1 ? 'lower' : 'higher'} by ${String(percent)} %`;
}
