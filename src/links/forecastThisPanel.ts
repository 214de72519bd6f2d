import {
  FieldType,
  PluginExtensionPoints,
  type PluginExtensionAddedLinkConfig,
  type PluginExtensionPanelContext,
} from '@grafana/data';
import { forecastUrl } from '../routes';

import { queryPath } from './queryPath';

/** The panel menu's link to a forecast of the panel's first query. */
export const forecastThisPanel: PluginExtensionAddedLinkConfig<PluginExtensionPanelContext> = {
  title: 'Forecast this panel',
  description: "Forecast the panel's query with Headroom",
  targets: [PluginExtensionPoints.DashboardPanelMenu],
  path: forecastUrl(),
  icon: 'chart-line',
  configure: (context) => {
    const path = context === undefined ? undefined : forecastPath(context);
    return path === undefined ? undefined : { path };
  },
};

/** The address of the forecast of a panel; undefined where there is nothing to forecast. */
export function forecastPath(context: Readonly<PluginExtensionPanelContext>): string | undefined {
  const { data, targets, title, timeRange, scopedVars } = context;
  const asked = [...(data?.request?.targets ?? []), ...(targets ?? [])];
  return mayHoldSeries(data?.series) ? queryPath({ targets: asked, title, timeRange, scopedVars }) : undefined;
}

/** What has loaded and holds no number over time has nothing to forecast. */
export function mayHoldSeries(series: NonNullable<PluginExtensionPanelContext['data']>['series'] | undefined): boolean {
  if (series === undefined || series.length === 0) {
    return true;
  }
  return series.some(
    ({ fields }) =>
      fields.some((field) => field.type === FieldType.time) && fields.some((field) => field.type === FieldType.number)
  );
}
