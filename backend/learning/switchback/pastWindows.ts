import type { Series } from '../../timeseries/index.ts';
import type { SwitchbackShape } from './switchbackShape.ts';
import { meanBetween } from './windowOutcomes.ts';

/** The outcomes of the windows of whole periods that end at `endSeconds`, `[window]`, NaN where too little is measured. */
export function pastWindows(
  measured: Series,
  { windowSeconds, burnInSeconds, periodSeconds }: SwitchbackShape,
  endSeconds: number
): Float64Array {
  const periods = Math.max(0, Math.floor((endSeconds - measured.grid.startSeconds) / periodSeconds));
  const windowCount = (periods * periodSeconds) / windowSeconds;
  return Float64Array.from({ length: windowCount }, (_, window) => {
    const start = endSeconds - (windowCount - window) * windowSeconds;
    return meanBetween(measured, start + burnInSeconds, start + windowSeconds);
  });
}
