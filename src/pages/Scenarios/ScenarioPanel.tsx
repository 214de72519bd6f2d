import React, { memo, useMemo } from 'react';
import { DashboardCursorSync, LoadingState } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { PanelChrome, Text, VizLayout } from '@grafana/ui';
import { FanChart } from '../../charts/FanChart';
import { FanLegend } from '../../charts/FanLegend';
import { ProbabilityLane } from '../../charts/ProbabilityLane';
import { useHiddenParts } from '../../charts/useHiddenParts';
import type { FormatValue } from '../../formatting/valueFormatter';
import { useElementWidth } from '../../hooks/useElementWidth';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { ScenarioFans } from './model/scenarioFans';

export interface ScenarioPanelProps {
  readonly name: string;
  readonly resource: string;
  /** Null while nothing is known. */
  readonly drawn: ScenarioFans | null;
  /** Of the future's steps; null where there is no capacity. */
  readonly probability: readonly number[] | null;
  readonly isAsking: boolean;
  readonly nowMs: number;
  readonly timeZone: TimeZone;
  readonly format: FormatValue;
  readonly isBinary: boolean;
  /** What the value axis reaches at least, so that charts beside each other can be compared. */
  readonly top: number;
  readonly height: number;
}

const LANE_HEIGHT = 78;
const LANE_TITLE_HEIGHT = 20;
const AXIS_WIDTH = 76;
/** Panels of the page share their cursor. */
const SCOPE = 'headroom-scenarios';

/** One scenario over time: its fan beside the baseline's, what a plan offers, and when it falls short. */
export const ScenarioPanel = memo(function ScenarioPanel({ isAsking, height, drawn, ...rest }: ScenarioPanelProps) {
  const { name } = rest;
  const [ref, width] = useElementWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ minHeight: height, minWidth: 0 }} data-testid={testIds.scenarios.panel(name)}>
      {width > 0 && (
        <PanelChrome
          width={width}
          height={height}
          title={name}
          loadingState={isAsking ? LoadingState.Loading : undefined}
        >
          {(innerWidth, innerHeight) =>
            drawn === null ? null : <Charts {...rest} drawn={drawn} width={innerWidth} height={innerHeight} />
          }
        </PanelChrome>
      )}
    </div>
  );
});

interface ChartsProps extends Omit<ScenarioPanelProps, 'isAsking'> {
  readonly drawn: ScenarioFans;
  readonly width: number;
}

/** Drawn anew where something drawn is another, not where an answer is waited for. */
const Charts = memo(function Charts(props: ChartsProps) {
  const { name, resource, drawn, probability, nowMs, timeZone, format, isBinary, top, width, height } = props;
  const [hidden, toggle] = useHiddenParts();
  const { timesMs, fans, pastLength } = drawn;
  const lane = useMemo(
    () => (probability === null ? null : [...timesMs.slice(0, pastLength).map(() => null), ...probability]),
    [probability, timesMs, pastLength]
  );
  const shared = {
    timesMs,
    fromMs: timesMs[0] ?? nowMs,
    toMs: timesMs.at(-1) ?? nowMs,
    timeZone,
    nowMs,
    valueAxisWidth: AXIS_WIDTH,
    sync: { mode: DashboardCursorSync.Crosshair, scope: SCOPE },
  };
  const title = t('scenarios.chart.title', '{{resource}} in {{scenario}} and without it', { resource, scenario: name });
  const laneTitle = t('workload.lane.title', 'Probability of a shortfall');
  return (
    <VizLayout
      width={width}
      height={height}
      legend={
        <VizLayout.Legend placement="bottom">
          <FanLegend fans={fans} hidden={hidden} onToggle={toggle} placement="bottom" />
        </VizLayout.Legend>
      }
    >
      {(chartWidth, chartHeight) => (
        <>
          <FanChart
            {...shared}
            title={title}
            fans={fans}
            hidden={hidden}
            format={format}
            width={chartWidth}
            height={chartHeight - (lane === null ? 0 : LANE_HEIGHT + LANE_TITLE_HEIGHT)}
            softMin={0}
            softMax={top}
            isBinary={isBinary}
            isTimeAxisShown={lane === null}
          />
          {lane !== null && (
            <>
              <div style={{ height: LANE_TITLE_HEIGHT }}>
                <Text variant="bodySmall" color="secondary" truncate>
                  {laneTitle}
                </Text>
              </div>
              <ProbabilityLane
                {...shared}
                title={`${name}: ${laneTitle}`}
                probability={lane}
                risk={null}
                width={chartWidth}
                height={LANE_HEIGHT}
              />
            </>
          )}
        </>
      )}
    </VizLayout>
  );
});
