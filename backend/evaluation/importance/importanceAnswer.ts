import type { Importance } from '../../../contract/index.ts';
import type { ForecastImportance } from './forecastImportance.ts';

/** What a forecast used, as the API and the commands tell it. */
export function importanceAnswer(importance: ForecastImportance): Importance {
  const { model, cutoffSeconds, forecastCount, width, parts, groups, emptyReason } = importance;
  return {
    model,
    cutoff: cutoffSeconds,
    forecastCount,
    width,
    parts: parts.map((part) => ({ ...part })),
    groups: groups.map(({ isPresent, isUsed, change, share, ...group }) => ({
      ...group,
      present: isPresent,
      used: isUsed,
      change: { whole: change.whole, parts: [...change.parts] },
      share: { whole: share.whole, parts: [...share.parts] },
    })),
    emptyReason: emptyReason ?? null,
  };
}
