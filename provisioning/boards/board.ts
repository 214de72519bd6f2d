import type { PanelDraft } from './panelDraft.ts';
import { sourceRef, type Variable } from './variables.ts';

/** A row of a dashboard: a heading, and panels that fill lines of 24 columns from the left. */
export interface Section {
  readonly id: number;
  readonly title: string;
  readonly panels: readonly PanelDraft[];
}

export interface BoardSpec {
  readonly name: BoardName;
  readonly description: string;
  readonly from: string;
  readonly to: string;
  readonly variables: readonly Variable[];
  /** Without a heading. */
  readonly top: readonly PanelDraft[];
  readonly sections: readonly Section[];
}

/** The dashboards, in the order in which they link to each other. */
export const BOARD_TITLES = {
  fleet: 'Fleet',
  workload: 'Workload',
  accuracy: 'Model accuracy',
  kpis: 'KPIs',
  health: 'Its own health',
} as const;
export type BoardName = keyof typeof BOARD_TITLES;

const WIDTH = 24;

/** A dashboard as Grafana's provisioning reads it. */
export function board(spec: BoardSpec): object {
  const { name, description, from, to, variables, top, sections } = spec;
  const isAhead = to !== 'now';
  return {
    uid: boardUid(name),
    title: `Headroom: ${BOARD_TITLES[name].toLowerCase().replace('kpis', 'KPIs')}`,
    description,
    tags: ['headroom'],
    editable: true,
    graphTooltip: 1,
    refresh: '1m',
    schemaVersion: 41,
    version: 1,
    time: { from, to },
    timepicker: {},
    timezone: '',
    weekStart: '',
    fiscalYearStartMonth: 0,
    liveNow: false,
    annotations: { list: isAhead ? [NOW_LINE] : [] },
    templating: { list: variables },
    links: links(name),
    panels: placed(top, sections),
  };
}

/** The uid of a dashboard, and the last part of its address. */
export function boardUid(name: BoardName): string {
  return `headroom-${name}`;
}

/** The one instant at which there is a measurement and a minute later none. */
const NOW_LINE = {
  datasource: sourceRef('headroom'),
  enable: true,
  hide: false,
  iconColor: 'text',
  name: 'Now',
  expr: 'group(headroom_actual) unless group(headroom_actual offset -1m)',
  step: '60s',
  titleFormat: 'Now',
  textFormat: 'To the left measured, to the right forecast',
} as const;

function links(own: BoardName): object[] {
  const link = (title: string, icon: string, url: string, tooltip: string, keeps: boolean) => ({
    ...{ title, type: 'link', icon, url, targetBlank: false, asDropdown: false },
    ...{ includeVars: keeps, keepTime: keeps, tags: [], tooltip },
  });
  return [
    link('Headroom', 'external link', '/a/headroom-capacity-app', 'The app: recommendations with their reasons', false),
    ...(Object.keys(BOARD_TITLES) as BoardName[])
      .filter((name) => name !== own)
      .map((name) =>
        link(BOARD_TITLES[name], 'dashboard', `/d/${boardUid(name)}`, 'The same time range and variables', true)
      ),
  ];
}

function placed(top: readonly PanelDraft[], sections: readonly Section[]): object[] {
  const panels: object[] = [];
  let line = 0;
  const place = (drafts: readonly PanelDraft[]) => {
    let [column, tallest] = [0, 0];
    for (const draft of drafts) {
      if (column + draft.width > WIDTH) {
        line += tallest;
        [column, tallest] = [0, 0];
      }
      panels.push(panelOf(draft, column, line));
      column += draft.width;
      tallest = Math.max(tallest, draft.height);
    }
    line += tallest;
  };
  place(top);
  for (const { id, title, panels: drafts } of sections) {
    panels.push({ id, type: 'row', title, collapsed: false, panels: [], gridPos: { x: 0, y: line, w: WIDTH, h: 1 } });
    line += 1;
    place(drafts);
  }
  return panels;
}

function panelOf(draft: PanelDraft, x: number, y: number): object {
  const { id, type, title, description, width: w, height: h, source = 'headroom', queries, isPresent } = draft;
  const datasource = sourceRef(source);
  return {
    ...{ id, type, title, description, datasource, gridPos: { x, y, w, h } },
    ...(isPresent ? { timeFrom: '5m', hideTimeOverride: true } : {}),
    ...(draft.links === undefined ? {} : { links: draft.links }),
    targets: queries.map(({ expr, legend = '' }, index) => ({
      datasource,
      editorMode: 'code',
      expr,
      range: !isPresent,
      instant: isPresent,
      legendFormat: legend,
      refId: String.fromCharCode(65 + index),
      ...(draft.isTable === true ? { format: 'table' } : {}),
    })),
    ...(draft.transformations === undefined ? {} : { transformations: draft.transformations }),
    fieldConfig: { defaults: draft.defaults, overrides: draft.overrides ?? [] },
    options: draft.options,
  };
}
