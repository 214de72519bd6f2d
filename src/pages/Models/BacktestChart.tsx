import React, { useMemo } from 'react';
import { FanChart } from '../../charts/FanChart';
import { FanLegend } from '../../charts/FanLegend';
import { forecastFan, toMs } from '../../charts/forecastFan';
import { useHiddenParts } from '../../charts/useHiddenParts';
import { formatTime } from '../../formatting/formatTime';
import { valueFormatter } from '../../formatting/valueFormatter';
import { useElementWidth } from '../../hooks/useElementWidth';
import type { Backtest, BacktestQuestion } from '../../sidecar/useBacktest';
import { t } from '../../translations';

const HEIGHT = 300;
const AXIS_WIDTH = 76;

interface BacktestChartProps {
  readonly backtest: Backtest;
  readonly question: BacktestQuestion;
  readonly unit: string;
  readonly timeZone: string;
}

/** What was foreseen at an instant, over what came. */
export function BacktestChart({ backtest, question, unit, timeZone }: BacktestChartProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const [hidden, toggle] = useHiddenParts();
  const { resource, cutoff, horizon } = question;
  const timesMs = useMemo(() => toMs(backtest.times), [backtest]);
  const fans = useMemo(() => [forecastFan(backtest, resource)], [backtest, resource]);
  const format = useMemo(() => valueFormatter(unit), [unit]);
  return (
    <div ref={ref} style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <>
          <FanChart
            title={t('models.backtest.chart', '{{resource}}: what was foreseen at {{time}}, over what came', {
              resource,
              time: formatTime(cutoff, timeZone),
            })}
            timesMs={timesMs}
            fans={fans}
            hidden={hidden}
            format={format}
            width={width}
            height={HEIGHT}
            fromMs={(cutoff - horizon) * 1000}
            toMs={(cutoff + horizon) * 1000}
            timeZone={timeZone}
            nowMs={cutoff * 1000}
            nowLabel={t('models.backtest.then', 'then')}
            valueAxisWidth={AXIS_WIDTH}
            softMin={0}
          />
          <FanLegend fans={fans} hidden={hidden} onToggle={toggle} placement="bottom" />
        </>
      )}
    </div>
  );
}
