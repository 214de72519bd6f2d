import {
  applyFieldOverrides,
  CoreApp,
  getDefaultTimeRange,
  LoadingState,
  rangeUtil,
  type DataFrame,
  type DataQueryRequest,
  type FieldConfigSource,
  type PanelData,
  type PanelPlugin,
  type TimeRange,
} from '@grafana/data';
import { getDataSourceSrv, getTemplateSrv } from '@grafana/runtime';
import { useTheme2 } from '@grafana/ui';
import { from, switchMap, tap } from 'rxjs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type PromQuery } from '../services/sidecarDataSource.ts';
import { type PanelModel } from './demoPanels.ts';

interface Asked {
  readonly model: PanelModel;
  readonly range: TimeRange;
  readonly timeZone: string;
  readonly maxDataPoints: number;
  readonly plugin: PanelPlugin;
  readonly fieldConfig: FieldConfigSource;
}

const NOTHING: PanelData = { state: LoadingState.Loading, series: [], timeRange: getDefaultTimeRange() };

/** Runs a panel's queries for the time range and applies the field options, as Grafana's query runner does. */
export function usePanelData({ model, range, timeZone, maxDataPoints, plugin, fieldConfig }: Asked): PanelData {
  const theme = useTheme2();
  const [raw, setRaw] = useState<PanelData>(NOTHING);
  const revision = useRef(0);
  useEffect(() => {
    if (maxDataPoints <= 0) {
      return undefined;
    }
    const { interval, intervalMs } = rangeUtil.calculateInterval(range, maxDataPoints, '15s');
    const request: DataQueryRequest<PromQuery> = {
      app: CoreApp.Dashboard,
      requestId: `panel-${model.id}`,
      panelId: model.id,
      dashboardUID: 'demo',
      timezone: timeZone,
      range,
      interval,
      intervalMs,
      maxDataPoints,
      targets: [...model.targets],
      scopedVars: {},
      startTime: Date.now(),
    };
    const subscription = from(getDataSourceSrv().get('headroom'))
      .pipe(
        tap(() => setRaw((before) => ({ ...before, state: LoadingState.Loading }))),
        switchMap((source) => from(source.query(request as never)))
      )
      .subscribe(({ data, state, errors }) => {
        revision.current += 1;
        setRaw({
          state: state ?? LoadingState.Done,
          series: data as DataFrame[],
          errors,
          error: errors?.[0],
          request: { ...request, endTime: Date.now() },
          timeRange: range,
          structureRev: revision.current,
        });
      });
    return () => subscription.unsubscribe();
  }, [model, range, timeZone, maxDataPoints]);
  return useMemo(() => {
    const series = applyFieldOverrides({
      data: raw.series,
      fieldConfig,
      fieldConfigRegistry: plugin.fieldConfigRegistry,
      replaceVariables: (text, scopedVars) => getTemplateSrv().replace(text, scopedVars),
      theme,
      timeZone,
    });
    return { ...raw, series };
  }, [raw, fieldConfig, plugin, theme, timeZone]);
}
