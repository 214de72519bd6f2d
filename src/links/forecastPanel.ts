import type { Panel } from '@grafana/schema';
import { expressionsOf, PROMETHEUS, type ExploreQuestion } from './exploreUrl';

export interface PanelQuestion extends Pick<ExploreQuestion, 'workload' | 'resource' | 'range' | 'aggregate'> {
  readonly title: string;
}

const SIZE = { x: 0, y: 0, w: 12, h: 10 } as const;

/** A dashboard's panel that shows what the forecast's chart shows, as Grafana writes it down. */
export function forecastPanel(datasourceUid: string, { title, ...question }: PanelQuestion): Panel {
  const datasource = { type: PROMETHEUS, uid: datasourceUid };
  return {
    type: 'headroom-forecastband-panel',
    title,
    datasource,
    gridPos: { ...SIZE },
    targets: expressionsOf(question, { hasAllLevels: true }).map((expr, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      range: true,
      instant: false,
      editorMode: 'code',
    })),
    fieldConfig: { defaults: {}, overrides: [] },
    options: {},
  };
}
