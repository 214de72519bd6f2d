const DAY = 86_400;
const DAYS = 7;
const RATE = 0.3;

/** What a demonstrator held at the same time of earlier days and weeks, as running means that lean on the latest. */
export interface AllocationHabit {
  /** Over days; NaN before the second day. */
  ofDay(row: number): number;
  /** Over weeks; that over days before the second week. */
  ofWeek(row: number): number;
  /** Takes in what was held in `row`; rows come in order. */
  note(row: number, value: number): void;
}

/** A habit that has seen nothing. */
export function allocationHabit(stepSeconds: number): AllocationHabit {
  const dayRows = Math.max(1, Math.round(DAY / stepSeconds));
  const days = new Float64Array(dayRows).fill(Number.NaN);
  const weeks = new Float64Array(DAYS * dayRows).fill(Number.NaN);
  const take = (slots: Float64Array, row: number, value: number): void => {
    const slot = row % slots.length;
    slots[slot] = Number.isNaN(slots[slot]!) ? value : slots[slot]! + RATE * (value - slots[slot]!);
  };
  const ofDay = (row: number): number => days[row % days.length]!;
  return {
    ofDay,
    ofWeek(row) {
      const value = weeks[row % weeks.length]!;
      return Number.isNaN(value) ? ofDay(row) : value;
    },
    note(row, value) {
      take(days, row, value);
      take(weeks, row, value);
    },
  };
}
