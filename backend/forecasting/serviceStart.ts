import { formatDuration } from '../timeseries/index.ts';
import { historyFrom } from './historyUntil.ts';
import type { ReadHistory } from './measuredHistory.ts';

const DAY = 86_400;
const LARGEST_LATER_SHARE = 0.1;

/**
 * The history from its first measurement on, and without an idle start: a day or more of one and the same value, which
 * later hardly comes back, was before the service began and says nothing about it. At least a day must follow it.
 */
export function fromServiceStart({ history, warnings }: ReadHistory): ReadHistory {
  const { grid, values } = history.target;
  const day = Math.max(2, DAY / grid.stepSeconds);
  const first = values.findIndex((value) => !Number.isNaN(value));
  const idle = values[first]!;
  let end = first;
  while (end < values.length && (values[end] === idle || Number.isNaN(values[end]))) {
    end++;
  }
  if (end - first < day || values.length - end < day) {
    return { history: historyFrom(history, first), warnings };
  }
  let later = 0;
  for (let t = end; t < values.length; t++) {
    later += values[t] === idle ? 1 : 0;
  }
  if (later > LARGEST_LATER_SHARE * (values.length - end)) {
    return { history: historyFrom(history, first), warnings };
  }
  const span = formatDuration((end - first) * grid.stepSeconds);
  return {
    history: historyFrom(history, end),
    warnings: [...warnings, `the first ${span} are all ${String(idle)} and were left out as before the service began`],
  };
}
