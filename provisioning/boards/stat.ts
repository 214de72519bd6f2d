import type { GrafanaOptions } from './grafanaTypes.ts';
import type { Override, PanelDraft, PanelTexts, Query } from './panelDraft.ts';

export interface StatSpec extends PanelTexts {
  readonly queries: readonly Query[];
  readonly unit: string;
  readonly decimals?: number;
  /** What stands there without a value. */
  readonly noValue?: string;
  /** How its colour follows the value; default none. */
  readonly colors?: Readonly<Record<string, unknown>>;
  readonly mappings?: readonly unknown[];
  readonly overrides?: readonly Override[];
  readonly showsName?: boolean;
}

/** One number or a few, as of now. */
export function stat(spec: StatSpec): PanelDraft {
  const { queries, unit, decimals, noValue, colors, mappings, overrides = [], showsName, ...texts } = spec;
  return {
    ...texts,
    type: 'stat',
    queries,
    isPresent: true,
    defaults: {
      unit,
      ...(decimals === undefined ? {} : { decimals }),
      ...(noValue === undefined ? {} : { noValue }),
      ...(mappings === undefined ? {} : { mappings }),
      ...(colors ?? { color: { mode: 'fixed', fixedColor: 'text' } }),
    },
    overrides,
    options: {
      colorMode: 'value',
      graphMode: 'none',
      justifyMode: 'auto',
      orientation: 'auto',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      textMode: showsName === true ? 'name' : queries.length > 1 ? 'value_and_name' : 'auto',
      wideLayout: true,
      percentChangeColorMode: 'standard',
      showPercentChange: false,
    } satisfies GrafanaOptions['stat'],
  };
}
