import type { Panel } from '@grafana/schema';
import { expressionsOf, rangeQueries, PROMETHEUS, type ExploreQuestion } from './exploreUrl';

export interface PanelQuestion extends Pick<ExploreQuestion, 'workload' | 'resource' | 'range' | 'aggregate'> {
  readonly title: string;
}

const SIZE = { x: 0, y: 0, w: 12, h: 10 } as const;

/** A dashboard's panel that shows what the forecast's chart shows, as Grafana writes it down. */
export function forecastPanel(datasourceUid: string, { title, ...question }: PanelQuestion): Panel {
  return {
    type: 'headroom-forecastband-panel',
    title,
    datasource: { type: PROMETHEUS, uid: datasourceUid },
    gridPos: { ...SIZE },
    targets: rangeQueries(datasourceUid, expressionsOf(question, { hasAllLevels: true })),
    fieldConfig: { defaults: {}, overrides: [] },
    options: {},
  };
}
