import type { Accuracy, Health, Mode, Recommendation } from '../../contract/index.ts';
import type { Outlook } from '../allocation/index.ts';
import type { WorkloadConfig } from '../config/index.ts';
import type { DriftVerdict } from '../learning/index.ts';
import type { Series } from '../timeseries/index.ts';
import type { ScalingStand } from './acting/scalingStand.ts';
import type { TestedNow } from './experiments/armSetting.ts';
import type { ScenariosView } from './scenarios/scenariosView.ts';
import type { LearningStand } from './tuning/learningStand.ts';
import type { RangeName, RangeView } from './ranges/rangeView.ts';

/** What is known of one workload at this moment; a snapshot that is replaced, never changed. */
export interface WorkloadView {
  readonly config: WorkloadConfig;
  readonly mode: Mode;
  readonly health: Health;
  /** Measured history by series name, up to the last read; NaN is a gap. */
  readonly actual: ReadonlyMap<string, Series>;
  /** Of activities that are split by a label: the parts, by activity and the label's value, whose sum is in `actual`. */
  readonly parts?: ReadonlyMap<string, ReadonlyMap<string, Series>>;
  /** Ready replicas on the same grid, where they are measured. */
  readonly replicas?: Series;
  /** Latency, in seconds, and the share of failed requests on the same grid, where `slo` names their queries. */
  readonly latency?: Series;
  readonly errors?: Series;
  /** The next hour, where `forecast.nearStep` asks for it. */
  readonly near?: RangeView;
  /** The next months, where `forecast.planning` asks for them. */
  readonly planning?: RangeView;
  /** The latest outlook, which may be stale: see `health`. */
  readonly outlook?: Outlook;
  /** Replicas to ask for at this moment, where the near plan says so; else the outlook's of the present step. */
  readonly floor?: number;
  readonly recommendation?: Recommendation;
  /** The scenarios that it keeps, where the file names some. */
  readonly scenarios?: ScenariosView;
  readonly accuracy: readonly Accuracy[];
  /** What a test tries on it at this moment. */
  readonly tested?: TestedNow;
  /** How acting on it stands, where something acts. */
  readonly scaling?: ScalingStand;
  /** How its learnt models stand, where any has a role. */
  readonly learning?: LearningStand;
  /** How far its series are off the course their forecasts take them for, over what noise does; 1: none is. Absent while nothing is known. */
  readonly drift?: number;
  /** Whether each of its series is still what its forecasts take it for. */
  readonly drifts?: ReadonlyMap<string, DriftVerdict>;
  readonly warnings: readonly string[];
}

/** What the rim reads: the fleet now, and what was foreseen in the past. */
export interface FleetView {
  nowSeconds(): number;
  workloads(): readonly WorkloadView[];
  workload(name: string): WorkloadView | undefined;
  /**
   * Past outlooks of the day ahead, or of another range, with instants in [from, to], oldest issue first, trimmed to
   * what each answers for.
   */
  pastOutlooks(
    workload: string,
    fromSeconds: number,
    toSeconds: number,
    range?: RangeName
  ): Promise<readonly Outlook[]>;
}
