import { appPanel } from './appPanel.ts';
import { board } from './board.ts';
import { moneyStat } from './moneyStat.ts';
import { stat } from './stat.ts';
import { stateTimeline } from './stateTimeline.ts';
import { table } from './table.ts';
import { FILL, RISK, thresholds } from './thresholds.ts';
import { timeseries } from './timeseries.ts';
import { FILTER, fleetVariables, sourceVariable } from './variables.ts';
import { workloadLink } from './workloadLink.ts';

const BY = 'by (workload, account, tier, region)';
const LIKELY = 0.05;

function windowRisk(window: string): string {
  return `max ${BY} (headroom_shortfall_probability_window{resource="any",window="${window}",${FILTER}})`;
}

/** Who runs short, when, how surely; what it costs; whether Headroom itself is well. */
export function fleetBoard(): object {
  return board({
    name: 'fleet',
    description: 'Which workloads are likely to fall short in the next day, when, how surely, and what the plan costs.',
    from: 'now-24h',
    to: 'now+24h',
    variables: [sourceVariable('headroom'), sourceVariable('metrics'), ...fleetVariables('many')],
    top: [
      stat({
        id: 1,
        title: 'Likely to fall short',
        description: 'Workloads with a probability above 5 % of at least one shortfall within the next 24 hours.',
        ...{ width: 4, height: 4 },
        queries: [
          {
            expr: `count(headroom_shortfall_probability_window{resource="any",window="24h",${FILTER}} > ${String(LIKELY)}) or vector(0)`,
            legend: 'Workloads',
          },
        ],
        unit: 'none',
        colors: thresholds([null, 'green'], [1, 'red']),
      }),
      stat({
        id: 2,
        title: 'Highest probability',
        description: 'Of at least one shortfall of any resource within the next 24 hours, over all workloads.',
        ...{ width: 4, height: 4 },
        queries: [
          {
            expr: `max(headroom_shortfall_probability_window{resource="any",window="24h",${FILTER}})`,
            legend: 'Probability',
          },
        ],
        unit: 'percentunit',
        decimals: 1,
        noValue: 'no capacity known',
        colors: RISK,
      }),
      stat({
        id: 8,
        title: 'First shortfall in',
        description:
          'Until a shortfall becomes more likely than 5 % at one time, in the workload where that is soonest.',
        ...{ width: 4, height: 4 },
        queries: [
          {
            expr: `min(min_over_time((timestamp(headroom_shortfall_probability{resource="any",${FILTER}} > ${String(LIKELY)}))[24h:5m] offset -24h)) - time()`,
            legend: 'Until then',
          },
        ],
        unit: 's',
        decimals: 0,
        noValue: 'not within 24 h',
        colors: thresholds([null, 'red'], [3600, 'orange'], [21_600, 'yellow'], [86_400, 'green']),
      }),
      stat({
        id: 3,
        title: 'Recommended replicas',
        description:
          'The least floor within the accepted risk, over all workloads: for the next minutes, and at the peak of the coming day.',
        ...{ width: 4, height: 4 },
        queries: [
          {
            expr: `sum(last_over_time(headroom_recommended_replicas{kind="total",${FILTER}}[10m] offset -5m))`,
            legend: 'now',
          },
          {
            expr: `max_over_time(sum(headroom_recommended_replicas{kind="total",${FILTER}})[24h:5m] offset -24h)`,
            legend: 'at the peak',
          },
        ],
        unit: 'none',
        decimals: 0,
      }),
      moneyStat({
        id: 4,
        title: 'Planned cost of an hour',
        description: 'What the recommended plan costs now, by currency. Absent where no workload has a price.',
        ...{ width: 4, height: 4 },
        expr: `sum by (currency) (last_over_time(headroom_cost_hourly{${FILTER}}[10m] offset -5m))`,
      }),
      stat({
        id: 9,
        source: 'metrics',
        title: 'Workloads that are not well',
        description:
          'Whose forecast is stale, failing or not there yet: what this page says of them is old. See Health below.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `sum(headroom_workload_health{state!="ok",${FILTER}}) or vector(0)`, legend: 'Workloads' }],
        unit: 'none',
        noValue: 'Headroom is not scraped',
        colors: thresholds([null, 'green'], [1, 'orange']),
      }),
      table({
        id: 5,
        title: 'Who runs short, when, how surely',
        description:
          'Probability of at least one shortfall of any resource within 1, 6 and 24 hours; when it first becomes more likely than 5 %; how full the tightest resource is now and, in 95 of 100 futures at most, at its peak; the floor at the day’s peak and what the day costs.',
        ...{ width: 24, height: 10 },
        noValue: '–',
        columns: [
          { name: 'Workload', of: { label: 'workload' }, link: workloadLink('${__value.text:percentencode}') },
          { name: 'Account', of: { label: 'account' } },
          { name: 'Tier', of: { label: 'tier' } },
          { name: 'Region', of: { label: 'region' } },
          { name: '1 hour', of: { expr: windowRisk('1h') }, unit: 'percentunit', decimals: 1, colors: RISK },
          { name: '6 hours', of: { expr: windowRisk('6h') }, unit: 'percentunit', decimals: 1, colors: RISK },
          { name: '24 hours', of: { expr: windowRisk('24h') }, unit: 'percentunit', decimals: 1, colors: RISK },
          {
            name: 'First in',
            of: {
              expr: `min ${BY} (min_over_time((timestamp(headroom_shortfall_probability{resource="any",${FILTER}} > ${String(LIKELY)}))[24h:5m] offset -24h)) - time()`,
            },
            unit: 's',
            decimals: 0,
          },
          {
            name: 'Full now',
            of: { expr: `max ${BY} (headroom_actual{${FILTER}} / ignoring (unit) headroom_capacity{${FILTER}})` },
            unit: 'percentunit',
            decimals: 0,
            colors: FILL,
          },
          {
            name: 'Full at the peak',
            of: {
              expr: `max ${BY} (max_over_time((headroom_forecast{quantile="0.95",${FILTER}} / ignoring (quantile, unit) headroom_capacity{${FILTER}})[24h:5m] offset -24h))`,
            },
            unit: 'percentunit',
            decimals: 0,
            colors: FILL,
          },
          {
            name: 'Floor at the peak',
            of: {
              expr: `max ${BY} (max_over_time(headroom_recommended_replicas{kind="total",${FILTER}}[24h] offset -24h))`,
            },
            unit: 'none',
            decimals: 0,
          },
          {
            name: 'Cost of 24 h',
            of: { expr: `sum ${BY} (avg_over_time(headroom_cost_hourly{${FILTER}}[24h] offset -24h)) * 24` },
            unit: 'none',
            decimals: 2,
          },
        ],
        sortBy: '24 hours',
      }),
      appPanel({
        id: 14,
        plugin: 'shortfalltimeline',
        title: 'When each runs short',
        description:
          'The probability that any resource of a workload is short, at each time of the range; a name leads to its page.',
        ...{ width: 24, height: 9 },
        expression: `headroom_shortfall_probability{resource="any",${FILTER}}`,
      }),
    ],
    sections: [
      {
        id: 20,
        title: 'What is coming',
        panels: [
          timeseries({
            id: 6,
            title: 'Shortfall probability',
            description: 'At its time: the probability that demand is above usable capacity, of any resource.',
            ...{ width: 12, height: 9 },
            queries: [{ expr: `headroom_shortfall_probability{resource="any",${FILTER}}`, legend: '{{workload}}' }],
            ...{ unit: 'percentunit', min: 0, max: 1, fillOpacity: 10 },
            limits: [[LIKELY, 'red']],
          }),
          timeseries({
            id: 10,
            title: 'How full, in 95 of 100 futures at most',
            description:
              'The 0.95 quantile of demand as a share of usable capacity, of each workload’s tightest resource; above 100 % it does not fit. In the past: what was foreseen.',
            ...{ width: 12, height: 9 },
            queries: [
              {
                expr: `max by (workload) (headroom_forecast{quantile="0.95",${FILTER}} / ignoring (quantile, unit) headroom_capacity{${FILTER}})`,
                legend: '{{workload}}',
              },
            ],
            ...{ unit: 'percentunit', min: 0, decimals: 0 },
            limits: [
              [0.85, 'orange'],
              [1, 'red'],
            ],
          }),
          timeseries({
            id: 7,
            title: 'Recommended replicas',
            description: 'The least plan within the accepted risk: the floor that autoscalers are held to.',
            ...{ width: 12, height: 9 },
            queries: [
              {
                expr: `sum by (workload) (headroom_recommended_replicas{kind="total",${FILTER}})`,
                legend: '{{workload}}',
              },
            ],
            ...{ unit: 'none', decimals: 0, min: 0, isStepped: true, axisLabel: 'replicas' },
          }),
          timeseries({
            id: 11,
            title: 'Planned cost of an hour',
            description: 'What the plan costs, stacked over the workloads; each in its own currency.',
            ...{ width: 12, height: 9 },
            queries: [
              {
                expr: `sum by (workload, currency) (headroom_cost_hourly{${FILTER}})`,
                legend: '{{workload}} ({{currency}})',
              },
            ],
            ...{ unit: 'none', decimals: 2, min: 0, isStepped: true, isStacked: true, axisLabel: 'an hour' },
            noValue: 'no prices',
          }),
        ],
      },
      {
        id: 21,
        title: 'Can it be believed?',
        panels: [
          stateTimeline({
            id: 12,
            source: 'metrics',
            title: 'Health of the forecasts',
            description:
              'Whether each workload has a fresh forecast, from Headroom’s /metrics. Stale: what is shown was known earlier; failing: its page says why.',
            ...{ width: 16, height: 8 },
            queries: [
              {
                expr: ['ok', 'starting', 'stale', 'failing']
                  .map(
                    (state, code) =>
                      `max by (workload) (headroom_workload_health{state="${state}",${FILTER}}) * ${String(code)}`
                  )
                  .join(' or '),
                legend: '{{workload}}',
              },
            ],
            states: [
              ['ok', 'green'],
              ['starting', 'blue'],
              ['stale', 'orange'],
              ['failing', 'red'],
            ],
          }),
          table({
            id: 13,
            source: 'metrics',
            title: 'Age of the forecasts and warnings',
            description: 'How long ago each workload had a new forecast, and how many warnings stand on its page.',
            ...{ width: 8, height: 8 },
            columns: [
              { name: 'Workload', of: { label: 'workload' }, link: workloadLink('${__value.text:percentencode}') },
              {
                name: 'Age',
                of: {
                  expr: `max by (workload) (time() - headroom_workload_last_success_timestamp_seconds{${FILTER}})`,
                },
                unit: 's',
                decimals: 0,
                colors: thresholds([null, 'green'], [900, 'yellow'], [3600, 'red']),
              },
              {
                name: 'Warnings',
                of: { expr: `max by (workload) (headroom_workload_warnings{${FILTER}})` },
                unit: 'none',
              },
            ],
            sortBy: 'Age',
          }),
        ],
      },
    ],
  });
}
