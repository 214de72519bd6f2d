import {
  answeringOutlooks,
  type AnsweringOutlook,
  type FleetView,
  type RangeName,
  type RangeView,
  type WorkloadView,
} from '../../../control/index.ts';
import type {
  Annotation,
  LabelMatcher,
  PromSeries,
  Samples,
  SampleSource,
  SelectRange,
} from '../../../promql/index.ts';
import { LINEAR, replicasWorth, scalabilityIn } from '../../../simulation/index.ts';
import type { Labels, Series } from '../../../timeseries/index.ts';
import { accuracySeries } from './accuracySeries.ts';
import { featureSeries } from './featureSeries.ts';
import { FLEET_METRIC_NAMES, type FleetMetricName } from './fleetMetrics.ts';
import { EMPTY, gridPoints, joinSamples, outlookPoints } from './outlookPoints.ts';
import { PastOutlooks } from './pastOutlooks.ts';
import {
  isRangeMetric,
  planningActualSeries,
  RANGE_METRICS,
  rangeForecastSeries,
  type RangeMetricName,
} from './rangeSeries.ts';
import { isScenarioMetric, scenarioSeries } from './scenarioSeries.ts';
import { sloAttainment } from './sloAttainment.ts';
import { virtualSeries, type VirtualSeries } from './virtualSeries.ts';
import { WORKLOAD_GAUGE_NAMES, workloadGauges } from './workloadGauges.ts';
import { matchesOn, workloadLabels } from './workloadLabels.ts';
import { rangeNotices, workloadNotices } from './workloadNotices.ts';

/** No forecast and no measurement lies beyond these: 1900 and 2200. */
const EARLIEST_SECONDS = -2_208_988_800;
const LATEST_SECONDS = 7_258_118_400;
/** Weights are known anew at each turn, which comes some time after the step that it weighs has ended. */
const WEIGHT_HOLDS_STEPS = 2;
const SHARED_LABELS = ['workload', 'account', 'tier', 'industry', 'region'];

interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/**
 * The fleet as series of the past and the future, made only as far as a query asks for them; one object serves one
 * query, and then knows what is to be said about the workloads that it touched.
 *
 * A point holds for its own step, so that there is no hole between two points of a forecast, however long the step.
 */
export class FleetSamples implements SampleSource {
  readonly #fleet: FleetView;
  readonly #past: PastOutlooks;
  readonly #spans = new Map<string, Promise<readonly AnsweringOutlook[]>>();
  /** As they were when the query first asked for them. */
  readonly #named = new Map<string, WorkloadView>();
  readonly #touched = new Map<string, WorkloadView>();
  readonly #touchedRanges = new Map<string, { readonly view: WorkloadView; readonly range: RangeView }>();

  constructor(fleet: FleetView, past = new PastOutlooks(fleet)) {
    this.#fleet = fleet;
    this.#past = past;
  }

  async select(matchers: readonly LabelMatcher[], range: SelectRange): Promise<readonly PromSeries[]> {
    const metrics = FLEET_METRIC_NAMES.filter((name) => matchesOn(matchers, { __name__: name }, ['__name__']));
    const views = this.#views(matchers).filter((view) => matchesOn(matchers, workloadLabels(view), SHARED_LABELS));
    const selected = await Promise.all(
      metrics.flatMap((metric) => views.map((view) => this.#selectOf(metric, view, matchers, range)))
    );
    return [...selected.flat(), ...views.flatMap((view) => this.#gaugesOf(view, matchers, range))];
  }

  /** What is known of a workload beside its series: of the present only. */
  #gaugesOf(view: WorkloadView, matchers: readonly LabelMatcher[], range: SelectRange): readonly PromSeries[] {
    const { stepSeconds } = view.config.forecast;
    const names = WORKLOAD_GAUGE_NAMES.filter((name) => matchesOn(matchers, { __name__: name }, ['__name__']));
    return names.flatMap((name) =>
      workloadGauges(name, view)
        .map(({ labels, value }) => ({ labels: { __name__: name, ...workloadLabels(view), ...labels }, value }))
        .filter(({ labels }) => matchesOn(matchers, labels))
        .map(({ labels, value }) => ({
          labels,
          lookbackMs: stepSeconds * 1000,
          samples: () => presentPoint(value, this.#fleet.nowSeconds(), stepSeconds, spanOf(range, stepSeconds)),
        }))
    );
  }

  /** Views of the workloads that may match; where one is named, it alone is looked at. */
  #views(matchers: readonly LabelMatcher[]): readonly WorkloadView[] {
    const named = matchers.find(
      ({ name, operator, value }) => name === 'workload' && operator === '=' && value !== ''
    )?.value;
    if (named === undefined) {
      return this.#fleet.workloads();
    }
    const view = this.#named.get(named) ?? this.#fleet.workload(named);
    if (view === undefined) {
      return [];
    }
    this.#named.set(named, view);
    return [view];
  }

  /** Health and warnings of the workloads that were selected. */
  notices(): readonly Annotation[] {
    return [
      ...[...this.#touched.values()].flatMap(workloadNotices),
      ...[...this.#touchedRanges.values()].flatMap(({ view, range }) => rangeNotices(view, range)),
    ];
  }

  async #selectOf(
    metric: FleetMetricName,
    view: WorkloadView,
    matchers: readonly LabelMatcher[],
    range: SelectRange
  ): Promise<readonly PromSeries[]> {
    const shared: Labels = { __name__: metric, ...workloadLabels(view) };
    const stepSeconds = view.outlook?.grid.stepSeconds ?? view.config.forecast.stepSeconds;
    const span = spanOf(range, stepSeconds);
    const isWanted = (labels: Labels): boolean => matchesOn(matchers, { ...shared, ...labels });
    const series = (labels: Labels, samples: () => Samples, holdsSeconds = stepSeconds): PromSeries => ({
      labels: { ...shared, ...labels },
      lookbackMs: holdsSeconds * 1000,
      samples,
    });
    let selected: readonly PromSeries[];
    if (isRangeMetric(metric)) {
      selected = await this.#selectOfRange(metric, view, isWanted, range, series);
    } else if (isScenarioMetric(metric)) {
      const holdsSeconds = metric === 'headroom_scenario_weight' ? WEIGHT_HOLDS_STEPS * stepSeconds : stepSeconds;
      const { fromSeconds, toSeconds } = spanOf(range, holdsSeconds);
      selected = scenarioSeries(metric, view)
        .filter(({ labels }) => isWanted(labels))
        .map(({ labels, points }) => series(labels, () => points(fromSeconds, toSeconds), holdsSeconds));
    } else if (metric === 'headroom_actual') {
      selected = actualSeries(view)
        .filter(({ labels }) => isWanted(labels))
        .map(({ labels, measured }) =>
          series(
            labels,
            () => gridPoints(measured.grid, measured.values, span.fromSeconds, span.toSeconds),
            measured.grid.stepSeconds
          )
        );
    } else if (metric === 'headroom_feature') {
      const features = await featureSeries(view, isWanted, range.isLabelsOnly === true ? undefined : span);
      selected = features.map((each) => series(each.labels, () => each.samples, each.stepSeconds));
    } else if (metric === 'headroom_forecast_error' || metric === 'headroom_forecast_coverage') {
      selected = accuracySeries(metric, view)
        .filter(({ labels }) => isWanted(labels))
        .map(({ labels, value }) =>
          series(labels, () => presentPoint(value, this.#fleet.nowSeconds(), stepSeconds, span))
        );
    } else if (metric === 'headroom_slo_attainment') {
      selected = sloAttainment(view, this.#fleet.nowSeconds())
        .filter(({ labels }) => isWanted(labels))
        .map(({ labels, value }) =>
          series(labels, () => presentPoint(value, this.#fleet.nowSeconds(), stepSeconds, span))
        );
    } else {
      const wanted = virtualSeries(metric, view).filter(({ labels }) => isWanted(labels));
      const spans = wanted.length === 0 || range.isLabelsOnly === true ? [] : await this.#spansOf(view, span);
      selected = wanted.map((one) => series(one.labels, () => this.#pointsOf(metric, view, one, spans, span)));
    }
    if (selected.length > 0 && !isRangeMetric(metric)) {
      this.#touched.set(view.config.name, view);
    }
    return selected;
  }

  /** The series of a range beside the day ahead; what is touched of it is its own health. */
  async #selectOfRange(
    metric: RangeMetricName,
    view: WorkloadView,
    isWanted: (labels: Labels) => boolean,
    range: SelectRange,
    series: (labels: Labels, samples: () => Samples, holdsSeconds: number) => PromSeries
  ): Promise<readonly PromSeries[]> {
    const name = RANGE_METRICS[metric];
    const known = view[name];
    if (known === undefined) {
      return [];
    }
    const { stepSeconds } = known;
    const span = spanOf(range, stepSeconds);
    const wanted = rangeForecastSeries(metric, known).filter(({ labels }) => isWanted(labels));
    const spans = wanted.length === 0 || range.isLabelsOnly === true ? [] : await this.#spansOf(view, span, name);
    const measured = metric === 'headroom_planning_actual' ? planningActualSeries(known, view) : [];
    const selected = [
      ...wanted.map(({ labels, pick }) => series(labels, () => outlookPoints(spans, pick), stepSeconds)),
      ...measured
        .filter(({ labels }) => isWanted(labels))
        .map(({ labels, measured: { grid, values } }) =>
          series(labels, () => gridPoints(grid, values, span.fromSeconds, span.toSeconds), stepSeconds)
        ),
    ];
    if (selected.length > 0) {
      this.#touchedRanges.set(`${view.config.name}/${name}`, { view, range: known });
    }
    return selected;
  }

  #pointsOf(
    metric: FleetMetricName,
    view: WorkloadView,
    { labels, pick }: VirtualSeries,
    spans: readonly AnsweringOutlook[],
    span: Span
  ): Samples {
    if (metric === 'headroom_capacity') {
      return capacityPoints(view, labels['resource'] ?? '', outlookPoints(spans, pick), span);
    }
    return outlookPoints(
      metric === 'headroom_shortfall_probability_window' ? withCutoff(spans, view, span) : spans,
      pick
    );
  }

  /** Which outlook answers when; asks the storage only where a part of the range lies before the latest one. */
  #spansOf(
    view: WorkloadView,
    { fromSeconds, toSeconds }: Span,
    range?: RangeName
  ): Promise<readonly AnsweringOutlook[]> {
    const { config } = view;
    const outlook = range === undefined ? view.outlook : view[range]?.outlook;
    const key = `${config.name} ${range ?? 'day'} ${String(fromSeconds)} ${String(toSeconds)}`;
    const known = this.#spans.get(key);
    if (known !== undefined) {
      return known;
    }
    const reachesBack = outlook === undefined || fromSeconds <= outlook.cutoffSeconds;
    const past = reachesBack ? this.#past.read(view, outlook, fromSeconds, toSeconds, range) : Promise.resolve([]);
    const spans = past.then((outlooks) =>
      answeringOutlooks(outlooks, outlook, config.scaling.leadTimeSeconds, fromSeconds, toSeconds)
    );
    this.#spans.set(key, spans);
    return spans;
  }
}

/** The time that is asked for, as far as anything can lie in it; with the lookback, at least a step long. */
function spanOf({ minMs, maxMs, lookbackMs }: SelectRange, stepSeconds: number): Span {
  const lookback = lookbackMs > 0 ? Math.max(lookbackMs / 1000, stepSeconds) : 0;
  return {
    fromSeconds: Math.max(EARLIEST_SECONDS, minMs / 1000 - lookback),
    toSeconds: Math.min(LATEST_SECONDS, maxMs / 1000),
  };
}

function actualSeries(view: WorkloadView): Array<{ readonly labels: Labels; readonly measured: Series }> {
  return [...view.actual].map(([name, measured]) => ({
    labels: { resource: name, unit: view.config.series.find((series) => series.name === name)?.unit ?? '' },
    measured,
  }));
}

/** What was measured of the replicas, times what one offers; from the last measurement on, the plan. */
function capacityPoints(view: WorkloadView, resource: string, planned: Samples, span: Span): Samples {
  const { series, serving } = view.config;
  const { kind, perReplica } = series.find(({ name }) => name === resource) ?? {};
  if (view.replicas === undefined || perReplica === undefined) {
    return planned;
  }
  const scalability = kind === undefined ? LINEAR : scalabilityIn(kind, serving.scalability);
  const worth = (count: number) => replicasWorth(count, scalability);
  const { grid, values } = view.replicas;
  const measured = gridPoints(grid, values, span.fromSeconds, span.toSeconds);
  const cutoffMs = (view.outlook?.cutoffSeconds ?? Number.NEGATIVE_INFINITY) * 1000;
  const from = planned.timestamps.findIndex((time) => time > cutoffMs);
  const future =
    from < 0 ? EMPTY : { timestamps: planned.timestamps.subarray(from), values: planned.values.subarray(from) };
  return joinSamples([{ ...measured, values: measured.values.map((count) => worth(count) * perReplica) }, future]);
}

/** The latest outlook speaks of the windows that begin at its cutoff too. */
function withCutoff(
  spans: readonly AnsweringOutlook[],
  { outlook }: WorkloadView,
  { fromSeconds, toSeconds }: Span
): readonly AnsweringOutlook[] {
  if (outlook === undefined || outlook.cutoffSeconds < fromSeconds || outlook.cutoffSeconds > toSeconds) {
    return spans;
  }
  const cutoff = outlook.cutoffSeconds;
  const before = spans
    .filter((span) => span.outlook !== outlook && span.fromSeconds < cutoff)
    .map((span) => ({ ...span, toSeconds: Math.min(span.toSeconds, cutoff - 1e-3) }));
  return [...before, { outlook, fromSeconds: cutoff, toSeconds }];
}

/** A value that is known for the present only. */
function presentPoint(value: number, nowSeconds: number, stepSeconds: number, span: Span): Samples {
  const time = Math.floor(nowSeconds / stepSeconds) * stepSeconds;
  return time < span.fromSeconds || time > span.toSeconds
    ? EMPTY
    : { timestamps: Float64Array.of(time * 1000), values: Float64Array.of(value) };
}
