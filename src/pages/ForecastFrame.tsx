import React, { useMemo, type ReactNode } from 'react';
import { getTimeZone, LoadingState } from '@grafana/data';
import { PanelChrome, VizLayout } from '@grafana/ui';
import type { ForecastResponse } from '../../contract/api.ts';
import { FanChart } from '../charts/FanChart';
import { FanLegend } from '../charts/FanLegend';
import { forecastFan, toMs } from '../charts/forecastFan';
import { useHiddenParts } from '../charts/useHiddenParts';
import { isBinaryUnit } from '../formatting/isBinaryUnit';
import { valueFormatter } from '../formatting/valueFormatter';
import { useElementWidth } from '../hooks/useElementWidth';

interface ForecastFrameProps {
  readonly title: string;
  /** Of the series, for legend and description. */
  readonly name: string;
  readonly unit: string;
  /** Null while it is loading. */
  readonly response: ForecastResponse | null;
  readonly isLoading: boolean;
  readonly height: number;
  readonly fromMs: number;
  /** Where the past ends. */
  readonly nowMs: number;
  readonly testId: string;
  /** What stands in the chart's place while there is no forecast. */
  readonly children?: ReactNode;
}

const AXIS_WIDTH = 64;

/** A frame as wide as its place with one forecast: what was measured, then the bands. */
export function ForecastFrame(props: ForecastFrameProps) {
  const { title, name, unit, response, isLoading, height, fromMs, nowMs, testId, children } = props;
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const [hidden, toggle] = useHiddenParts();
  const format = useMemo(() => valueFormatter(unit), [unit]);
  const timesMs = useMemo(() => toMs(response?.times ?? []), [response]);
  const fans = useMemo(() => (response === null ? [] : [forecastFan(response, name)]), [response, name]);
  return (
    <div ref={ref} style={{ minHeight: height }}>
      {width > 0 && (
        <PanelChrome
          width={width}
          height={height}
          title={title}
          loadingState={isLoading ? LoadingState.Loading : undefined}
        >
          {(innerWidth, innerHeight) =>
            response === null ? (
              <>{children}</>
            ) : (
              <VizLayout
                width={innerWidth}
                height={innerHeight}
                legend={
                  <VizLayout.Legend placement="bottom">
                    <FanLegend fans={fans} hidden={hidden} onToggle={toggle} placement="bottom" />
                  </VizLayout.Legend>
                }
              >
                {(chartWidth, chartHeight) => (
                  <div data-testid={testId}>
                    <FanChart
                      title={name}
                      timesMs={timesMs}
                      fans={fans}
                      hidden={hidden}
                      width={chartWidth}
                      height={chartHeight}
                      fromMs={fromMs}
                      toMs={timesMs.at(-1) ?? nowMs}
                      timeZone={getTimeZone()}
                      nowMs={nowMs}
                      format={format}
                      isBinary={isBinaryUnit(unit)}
                      valueAxisWidth={AXIS_WIDTH}
                    />
                  </div>
                )}
              </VizLayout>
            )
          }
        </PanelChrome>
      )}
    </div>
  );
}
