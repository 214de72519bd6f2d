import type { Accuracy, Health } from '../../../contract/index.ts';
import type { Outlook } from '../../allocation/index.ts';
import type { Series } from '../../timeseries/index.ts';

/** The ranges beside the day ahead. */
export type RangeName = 'near' | 'planning';

/** What is known of one range at this moment; a snapshot that is replaced, never changed. */
export interface RangeView {
  readonly range: RangeName;
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  readonly health: Health;
  /** The latest, which may be stale: see `health`. Of planning the series are `name/mean` and `name/peak`. */
  readonly outlook?: Outlook;
  /** Measured history by the names of the outlook's series; NaN is a gap. */
  readonly actual: ReadonlyMap<string, Series>;
  readonly accuracy: readonly Accuracy[];
  readonly warnings: readonly string[];
}

/** Under which name the storage keeps what a range foresees: no workload's name has a `/`. */
export function rangeSubject(workload: string, range: RangeName): string {
  return `${workload}/${range}`;
}
