import { appPanel } from './appPanel.ts';
import { band } from './band.ts';
import { board, boardUid } from './board.ts';
import { moneyStat } from './moneyStat.ts';
import type { DataLink } from './panelDraft.ts';
import { stat } from './stat.ts';
import { table } from './table.ts';
import { FILL, RISK, thresholds } from './thresholds.ts';
import { timeseries } from './timeseries.ts';
import { fleetVariables, labelVariable, sourceVariable } from './variables.ts';

const ONE = 'workload="$workload"';
const SERIES = 'workload="$workload",resource="$resource"';

/** The same workload at another range. */
function zoom(title: string, from: string, to: string): DataLink {
  const keeps = ['datasource', 'metrics', 'workload', 'resource'].map((name) => `\${${name}:queryparam}`).join('&');
  return { title, url: `/d/${boardUid('workload')}?from=${from}&to=${to.replace('+', '%2B')}&${keeps}` };
}

function windowStat(id: number, window: string, words: string) {
  return stat({
    id,
    title: `Shortfall within ${words}`,
    description: `The probability of at least one shortfall of any resource within ${words} from now.`,
    ...{ width: 4, height: 3 },
    queries: [
      {
        expr: `headroom_shortfall_probability_window{${ONE},resource="any",window="${window}"}`,
        legend: 'Probability',
      },
    ],
    unit: 'percentunit',
    decimals: 1,
    noValue: 'no capacity known',
    colors: RISK,
  });
}

/** One workload: measured, foreseen near, for the day and for months; its capacity, plan, scenarios and features. */
export function workloadBoard(): object {
  return board({
    name: 'workload',
    description: 'One workload: what was measured, what is coming, the capacity it has to fit into, and the plan.',
    from: 'now-24h',
    to: 'now+24h',
    variables: [
      sourceVariable('headroom'),
      sourceVariable('metrics'),
      ...fleetVariables('one'),
      labelVariable({
        name: 'resource',
        label: 'Resource',
        selector: `headroom_actual{${ONE}}`,
        isMany: false,
      }),
    ],
    top: [
      windowStat(2, '1h', '1 hour'),
      windowStat(3, '6h', '6 hours'),
      windowStat(4, '24h', '24 hours'),
      stat({
        id: 9,
        source: 'metrics',
        title: 'Ready replicas',
        description: 'As last measured; from the Prometheus that scrapes Headroom’s /metrics.',
        ...{ width: 4, height: 3 },
        queries: [{ expr: `max(headroom_workload_replicas{${ONE}})`, legend: 'Replicas' }],
        unit: 'none',
        decimals: 0,
        noValue: 'not measured',
      }),
      moneyStat({
        id: 10,
        title: 'Planned cost of an hour',
        description: 'What the recommended plan costs now. Absent without a price.',
        ...{ width: 4, height: 3 },
        expr: `sum by (currency) (last_over_time(headroom_cost_hourly{${ONE}}[10m] offset -5m))`,
      }),
      stat({
        id: 11,
        source: 'metrics',
        title: 'Health',
        description:
          'Whether its forecast is fresh. Stale: what is shown was known earlier; failing: its page says why.',
        ...{ width: 4, height: 3 },
        queries: [{ expr: `max by (state) (headroom_workload_health{${ONE}})`, legend: '{{state}}' }],
        unit: 'none',
        noValue: 'Headroom is not scraped',
        showsName: true,
      }),
      band({
        id: 1,
        title: '$workload: $resource',
        description:
          'Measured, forecast with its bands, usable capacity, and below the probability of a shortfall at each time. In the past the band is what was foreseen at least a lead time before.',
        ...{ width: 18, height: 12 },
        expressions: [
          `headroom_actual{${SERIES}}`,
          `headroom_forecast{${SERIES}}`,
          `headroom_capacity{${SERIES}}`,
          `headroom_shortfall_probability{${SERIES}}`,
        ],
        links: [
          zoom('The last and the next hour', 'now-1h', 'now+1h'),
          zoom('A week back, a day ahead', 'now-7d', 'now+24h'),
        ],
      }),
      appPanel({
        id: 26,
        plugin: 'recommendation',
        title: 'Recommendation',
        description: 'What to do about $workload, when, at what cost, and how many minutes short it saves.',
        ...{ width: 6, height: 12 },
        expression: `headroom_recommended_replicas{${ONE},kind="total"}`,
      }),
    ],
    sections: [
      {
        id: 20,
        title: 'Shortfall, capacity and plan',
        panels: [
          timeseries({
            id: 5,
            title: 'Shortfall probability',
            description: 'At its time, by resource; any: of at least one of them. The alert begins at 5 %.',
            ...{ width: 8, height: 9 },
            queries: [{ expr: `headroom_shortfall_probability{${ONE}}`, legend: '{{resource}}' }],
            ...{ unit: 'percentunit', min: 0, max: 1, fillOpacity: 10 },
            limits: [[0.05, 'red']],
            noValue: 'no capacity known',
          }),
          timeseries({
            id: 6,
            title: 'Plan',
            description:
              'Recommended replicas: committed and reserved together are the floor within the accepted risk, burst is what the autoscaler must be free to reach on top.',
            ...{ width: 8, height: 9 },
            queries: ['committed', 'reserved', 'burst'].map((kind) => ({
              expr: `headroom_recommended_replicas{${ONE},kind="${kind}"}`,
              legend: kind,
            })),
            ...{ unit: 'none', decimals: 0, min: 0, isStepped: true, isStacked: true, axisLabel: 'replicas' },
            noValue: 'replicas are not measured',
          }),
          timeseries({
            id: 12,
            title: 'How full',
            description:
              'Share of usable capacity by resource: measured to the left of now, to the right the 0.95 quantile with the replicas as they stand.',
            ...{ width: 8, height: 9 },
            queries: [
              { expr: `headroom_actual{${ONE}} / ignoring (unit) headroom_capacity{${ONE}}`, legend: '{{resource}}' },
              {
                expr: `headroom_forecast{${ONE},quantile="0.95"} / ignoring (quantile, unit) headroom_capacity{${ONE}} unless ignoring (quantile, unit) headroom_actual{${ONE}}`,
                legend: '{{resource}} foreseen',
              },
            ],
            ...{ unit: 'percentunit', decimals: 0, min: 0 },
            limits: [
              [0.85, 'orange'],
              [1, 'red'],
            ],
            noValue: 'no capacity known',
          }),
          timeseries({
            id: 13,
            title: 'Capacity of $resource',
            description:
              'Usable capacity as steps, measured up to now and from then on as the replicas stand, beside the median and the 0.95 quantile of demand. In units of the resource.',
            ...{ width: 12, height: 8 },
            queries: [
              { expr: `headroom_capacity{${SERIES}}`, legend: 'capacity' },
              { expr: `headroom_forecast{${SERIES},quantile="0.5"}`, legend: 'demand, median' },
              { expr: `headroom_forecast{${SERIES},quantile="0.95"}`, legend: 'demand, 0.95' },
            ],
            ...{ unit: 'short', min: 0, isStepped: true },
          }),
          timeseries({
            id: 14,
            source: 'metrics',
            title: 'Ready replicas beside the floor',
            description:
              'Ready replicas and what was recommended at that time, as scraped from Headroom’s /metrics: who follows whom.',
            ...{ width: 12, height: 8 },
            queries: [
              { expr: `max(headroom_workload_replicas{${ONE}})`, legend: 'ready' },
              {
                expr: `max(headroom_horizon_recommended_replicas{${ONE},kind="total",horizon="15m"})`,
                legend: 'recommended for 15 minutes later',
              },
            ],
            ...{ unit: 'none', decimals: 0, min: 0, isStepped: true, axisLabel: 'replicas' },
          }),
        ],
      },
      {
        id: 21,
        title: 'The next hour, minute by minute',
        panels: [
          band({
            id: 15,
            title: 'Near: $resource',
            description:
              'The near range, where the workload declares forecast.nearStep: the next hour at its step, by models that go on learning.',
            ...{ width: 24, height: 9 },
            expressions: [
              `headroom_actual{${SERIES}}`,
              `headroom_near_forecast{${SERIES}}`,
              `headroom_capacity{${SERIES}}`,
            ],
            links: [zoom('The last and the next hour', 'now-1h', 'now+1h')],
          }),
        ],
      },
      {
        id: 22,
        title: 'The next months, day by day',
        panels: [
          band({
            id: 16,
            title: 'Planning: daily peaks of $resource',
            description:
              'The planning range, where the workload declares forecast.planning: the peak of each day, measured and foreseen. Take the link for the whole range.',
            ...{ width: 14, height: 9 },
            expressions: [
              `headroom_planning_actual{${SERIES},aggregate="peak"}`,
              `headroom_planning_forecast{${SERIES},aggregate="peak"}`,
              `headroom_capacity{${SERIES}}`,
            ],
            links: [zoom('A month back, three months ahead', 'now-30d', 'now+90d')],
          }),
          table({
            id: 17,
            title: 'Highest daily peak as a share of capacity',
            description:
              'Within 7, 30 and 90 days, by resource: the 0.95 quantile of the daily peak against the usable capacity of now. Above 100 % capacity has to be bought.',
            ...{ width: 10, height: 9 },
            noValue: '–',
            columns: [
              { name: 'Resource', of: { label: 'resource' } },
              ...['7d', '30d', '90d'].map((within) => ({
                name: `${within.slice(0, -1)} days`,
                of: {
                  expr: `max by (resource) (max_over_time(headroom_planning_forecast{${ONE},aggregate="peak",quantile="0.95"}[${within}] offset -${within})) / on (resource) headroom_capacity{${ONE}}`,
                },
                unit: 'percentunit',
                decimals: 0,
                colors: FILL,
              })),
            ],
            sortBy: '90 days',
          }),
        ],
      },
      {
        id: 23,
        title: 'Scenarios',
        panels: [
          timeseries({
            id: 18,
            title: 'Weights',
            description:
              'How far the present follows each scenario that the workload keeps, the baseline among them; they add up to 100 %.',
            ...{ width: 8, height: 9 },
            queries: [{ expr: `headroom_scenario_weight{${ONE}}`, legend: '{{scenario}}' }],
            ...{ unit: 'percentunit', min: 0, max: 1, isStacked: true, isStepped: true },
            noValue: 'keeps no scenarios',
          }),
          timeseries({
            id: 19,
            title: 'Shortfall probability by scenario',
            description: 'At its time, of any resource, with the replicas of now; baseline: as things are.',
            ...{ width: 8, height: 9 },
            queries: [
              { expr: `headroom_scenario_shortfall_probability{${ONE},resource="any"}`, legend: '{{scenario}}' },
              { expr: `headroom_shortfall_probability{${ONE},resource="any"}`, legend: 'baseline' },
            ],
            ...{ unit: 'percentunit', min: 0, max: 1 },
            noValue: 'keeps no scenarios',
          }),
          timeseries({
            id: 30,
            title: 'How full in each scenario',
            description: 'The 0.95 quantile of $resource as a share of usable capacity.',
            ...{ width: 8, height: 9 },
            queries: [
              {
                expr: `headroom_scenario_forecast{${SERIES},quantile="0.95"} / on (workload, resource) group_left () headroom_capacity{${SERIES}}`,
                legend: '{{scenario}}',
              },
              {
                expr: `headroom_forecast{${SERIES},quantile="0.95"} / ignoring (quantile, unit) headroom_capacity{${SERIES}}`,
                legend: 'baseline',
              },
            ],
            ...{ unit: 'percentunit', decimals: 0, min: 0 },
            limits: [[1, 'red']],
            noValue: 'keeps no scenarios',
          }),
        ],
      },
      {
        id: 24,
        title: 'Features',
        panels: [
          timeseries({
            id: 31,
            title: 'Trend, season and remainder of $resource',
            description: 'What the series is made of. In units of the resource.',
            ...{ width: 8, height: 8 },
            queries: [
              {
                expr: `headroom_feature{${SERIES},feature=~"trend|seasonal|remainder"}`,
                legend: '{{feature}}',
              },
            ],
            unit: 'short',
          }),
          timeseries({
            id: 32,
            title: 'Rolling means of $resource',
            description: 'Over an hour, a day and a week. In units of the resource.',
            ...{ width: 8, height: 8 },
            queries: [
              { expr: `headroom_feature{${SERIES},feature=~"mean_1h|mean_1d|mean_1w"}`, legend: '{{feature}}' },
            ],
            ...{ unit: 'short', min: 0 },
          }),
          table({
            id: 33,
            title: 'Features of $resource now',
            description:
              'What is to be seen in the series at this moment, each in its own unit: docs/forecasting.md says what they mean.',
            ...{ width: 8, height: 8 },
            columns: [
              { name: 'Feature', of: { label: 'feature' } },
              {
                name: 'Value',
                of: { expr: `max by (feature) (headroom_feature{${SERIES}})` },
                unit: 'short',
                decimals: 3,
              },
            ],
            sortBy: 'Feature',
            isAscending: true,
          }),
        ],
      },
      {
        id: 25,
        title: 'Can it be believed?',
        panels: [
          table({
            id: 7,
            title: 'Live accuracy by lead time',
            description:
              'Error (CRPS relative to the mean) of each model, its absolute error relative to seasonal-naive’s (MASE; below 1 is better), and the share of truths inside the bands, which should be 80 % and 95 %. There after the first hours of a forecast.',
            ...{ width: 16, height: 8 },
            columns: [
              { name: 'Resource', of: { label: 'resource' } },
              { name: 'Model', of: { label: 'model' } },
              { name: 'Lead', of: { label: 'lead' } },
              ...[
                ['CRPS', 'headroom_forecast_error', 'metric="crps"', 'percentunit'],
                ['MASE', 'headroom_forecast_error', 'metric="mase"', 'none'],
                ['In the 80 % band', 'headroom_forecast_coverage', 'level="0.8"', 'percentunit'],
                ['In the 95 % band', 'headroom_forecast_coverage', 'level="0.95"', 'percentunit'],
              ].map(([name = '', metric = '', matcher = '', unit = '']) => ({
                name,
                of: { expr: `max by (resource, model, lead) (${metric}{${ONE},${matcher}})` },
                unit,
                decimals: unit === 'none' ? 2 : 1,
              })),
            ],
            sortBy: 'Resource',
            isAscending: true,
          }),
          stat({
            id: 8,
            source: 'metrics',
            title: 'Drift and warnings',
            description:
              'How far it is off the course its forecasts take it for, over what noise does (1: not at all; absent in the first week), and how many warnings stand on the workload’s page.',
            ...{ width: 8, height: 8 },
            queries: [
              { expr: `max(headroom_workload_drift{${ONE}})`, legend: 'drift' },
              { expr: `max(headroom_workload_warnings{${ONE}})`, legend: 'warnings' },
            ],
            unit: 'none',
            noValue: 'none known',
            overrides: [
              {
                matcher: { id: 'byName', options: 'drift' },
                properties: [
                  { id: 'decimals', value: 2 },
                  { id: 'unit', value: 'suffix: ×' },
                  ...Object.entries(thresholds([null, 'green'], [1.001, 'red'])).map(([id, value]) => ({
                    id,
                    value,
                  })),
                ],
              },
            ],
          }),
        ],
      },
    ],
  });
}
