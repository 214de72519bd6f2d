import '../../testing/standIns';
import React from 'react';
import {
  createDataFrame,
  FieldType,
  getDefaultTimeRange,
  LoadingState,
  type DataFrame,
  type PanelProps,
} from '@grafana/data';
import { LegendDisplayMode, TooltipDisplayMode } from '@grafana/ui';
import { render, screen, within } from '@testing-library/react';
import { testIds } from '../../testIds';
import { ForecastBandPanel } from './ForecastBandPanel';
import type { ForecastBandOptions } from './options';

const TIMES = [0, 60_000, 120_000];
const OPTIONS: ForecastBandOptions = {
  mapping: { boundsPercent: 80 },
  bands: [50, 80, 95],
  bandOpacity: 25,
  isMedianShown: true,
  isMeanShown: false,
  isCapacityShown: true,
  isProbabilityShown: true,
  isNowLineShown: true,
  legend: { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] },
  tooltip: { mode: TooltipDisplayMode.Single, sort: 'none' } as never,
};

function aFrame(columns: Record<string, readonly number[]>): DataFrame {
  return createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: TIMES },
      ...Object.entries(columns).map(([name, values]) => ({ name, type: FieldType.number, values: [...values] })),
    ],
  });
}

const FORECAST = {
  actual: [1, 2, 3],
  'q0.1': [1, 1, 1],
  'q0.5': [2, 2, 2],
  'q0.9': [3, 3, 3],
  capacity: [4, 4, 4],
  probability: [0, 0.2, 0.4],
};

function panel(series: readonly DataFrame[], options: Partial<ForecastBandOptions> = {}) {
  const props = {
    id: 1,
    title: 'Demand',
    data: { series, state: LoadingState.Done, timeRange: getDefaultTimeRange() },
    options: { ...OPTIONS, ...options },
    width: 600,
    height: 400,
    timeRange: getDefaultTimeRange(),
    timeZone: 'utc',
    onChangeTimeRange: () => undefined,
  } as unknown as PanelProps<ForecastBandOptions>;
  return <ForecastBandPanel {...props} />;
}

describe('ForecastBandPanel', () => {
  it('draws measured, bands, capacity and the probability lane, with a legend for each part', () => {
    render(panel([aFrame(FORECAST)]));
    const [fan, lane] = screen.getAllByRole('figure');
    expect(fan).toHaveAccessibleName(/^Demand\. Series: last measured 3/);
    expect(
      within(fan!)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent)
    ).toEqual(['Time', 'Measured', 'Forecast (median)', 'Capacity', '80% band']);
    expect(lane).toHaveAccessibleName(/highest 40%/);
    expect(screen.getAllByRole('button', { pressed: true }).map(({ textContent }) => textContent)).toEqual([
      'Measured',
      'Forecast (median)',
      '80% band',
      'Capacity',
    ]);
    expect(screen.queryByTestId(testIds.forecastBand.message)).not.toBeInTheDocument();
  });

  it('leaves out what the options switch off', () => {
    render(
      panel([aFrame(FORECAST)], {
        isMedianShown: false,
        isCapacityShown: false,
        isProbabilityShown: false,
        isNowLineShown: false,
        bands: [80],
        legend: { ...OPTIONS.legend, showLegend: false },
        tooltip: { ...OPTIONS.tooltip, mode: TooltipDisplayMode.None },
      })
    );
    expect(screen.getAllByRole('figure')).toHaveLength(1);
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Time',
      'Measured',
      '80% band',
    ]);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('shows the mean where there is no median', () => {
    render(panel([aFrame({ y: [1, 2, 3], yhat: [1, 2, 3], yhat_lower: [0, 0, 0], yhat_upper: [3, 3, 3] })]));
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toContain('Forecast (mean)');
  });

  it('gives up the lane where it is too low for one', () => {
    const { rerender } = render(panel([aFrame(FORECAST)]));
    rerender(<div>{React.cloneElement(panel([aFrame(FORECAST)]), { height: 120 })}</div>);
    expect(screen.getAllByRole('figure')).toHaveLength(1);
  });

  it('says that there is no data', () => {
    render(panel([]));
    expect(screen.getByTestId(testIds.forecastBand.message)).toHaveTextContent(
      'No dataThe queries returned nothing for this time range.'
    );
  });

  it('says what it needs of a result without time', () => {
    render(panel([createDataFrame({ fields: [{ name: 'n', type: FieldType.number, values: [1] }] })]));
    expect(screen.getByTestId(testIds.forecastBand.message)).toHaveTextContent('No numbers over time');
  });

  it('says how a forecast is recognised, and which fields were not', () => {
    render(panel([aFrame({ apples: [1, 2, 3], pears: [1, 2, 3] })]));
    expect(screen.getByTestId(testIds.forecastBand.message)).toHaveTextContent(
      /No forecast among the series.*label “quantile”.*Not recognised: apples, pears\./
    );
  });

  it('draws a series without a forecast and says that it has none', () => {
    render(panel([aFrame({ requests: [1, 2, 3] })]));
    expect(screen.getByRole('figure')).toBeInTheDocument();
    expect(screen.getByTestId(testIds.forecastBand.message)).toHaveTextContent('No forecast among the series');
  });
});
