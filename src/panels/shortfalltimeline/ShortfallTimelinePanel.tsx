import React, { useMemo } from 'react';
import { DashboardCursorSync, type PanelProps } from '@grafana/data';
import { usePanelContext } from '@grafana/ui';
import { useNow } from '../../hooks/useNow';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { PanelMessage } from '../PanelMessage';
import { HeatMap } from './HeatMap';
import type { ShortfallTimelineOptions } from './options';
import { timelineRows } from './timelineRows';

const NOW_INTERVAL_MS = 30_000;

/** When which workload is likely to run short, from any series with a label for the rows. */
export function ShortfallTimelinePanel(props: PanelProps<ShortfallTimelineOptions>) {
  const { data, width, height, options, timeRange, timeZone, title, onChangeTimeRange } = props;
  const { sync, eventsScope, eventBus } = usePanelContext();
  const nowMs = useNow(NOW_INTERVAL_MS);
  const { rowLabel, order, threshold } = options;
  const fromMs = timeRange.from.valueOf();
  // Urgency counts from now on; the past does not make a workload urgent. By the minute, so that rows keep their place.
  const sinceMs = Math.max(fromMs, Math.floor(nowMs / 60_000) * 60_000);
  const timeline = useMemo(
    () => timelineRows(data.series, { rowLabel, order, threshold }, sinceMs),
    [data.series, rowLabel, order, threshold, sinceMs]
  );
  if (timeline === null || timeline.rows.length === 0) {
    return (
      <PanelMessage
        testId={testIds.shortfallTimeline.message}
        title={
          data.series.length === 0 ? t('panel.empty.title', 'No data') : t('panel.noTime.title', 'No numbers over time')
        }
        detail={
          data.series.length === 0
            ? t(
                'timeline.empty',
                'Query a probability for each workload, such as headroom_shortfall_probability with resource="any".'
              )
            : t('panel.noTime.detail', 'The panel needs a time field and at least one number field.')
        }
        width={width}
        height={height}
      />
    );
  }
  return (
    <div data-testid={testIds.shortfallTimeline.panel}>
      <HeatMap
        title={title}
        timeline={timeline}
        threshold={threshold}
        width={width}
        height={height}
        fromMs={fromMs}
        toMs={timeRange.to.valueOf()}
        timeZone={timeZone}
        nowMs={options.isNowLineShown ? nowMs : null}
        isLinked={options.isLinked}
        sync={{ mode: sync?.() ?? DashboardCursorSync.Off, scope: eventsScope, eventBus }}
        onZoom={onChangeTimeRange}
      />
    </div>
  );
}
