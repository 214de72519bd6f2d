import {
  PluginExtensionPoints,
  type PluginExtensionAddedLinkConfig,
  type PanelData,
  type RawTimeRange,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { forecastUrl } from '../routes';

import { mayHoldSeries } from './forecastThisPanel';
import { queryPath } from './queryPath';

/** What Explore tells a link in its toolbar, as far as this one reads it. */
export interface ExploreContext {
  readonly targets?: readonly DataQuery[];
  readonly timeRange?: RawTimeRange;
  readonly data?: Pick<PanelData, 'series'>;
}

/** Explore's link to a forecast of its first query. */
export const forecastThisQuery: PluginExtensionAddedLinkConfig<ExploreContext> = {
  title: 'Forecast this query',
  description: 'Forecast the query of Explore with Headroom',
  targets: [PluginExtensionPoints.ExploreToolbarAction],
  path: forecastUrl(),
  icon: 'chart-line',
  configure: (context) => {
    const { targets = [], timeRange, data } = context ?? {};
    const path = mayHoldSeries(data?.series) ? queryPath({ targets, title: '', timeRange }) : undefined;
    return path === undefined ? undefined : { path };
  },
};
