import { board } from './board.ts';
import { MONEY } from './money.ts';
import { moneyStat } from './moneyStat.ts';
import { stat } from './stat.ts';
import { table } from './table.ts';
import { FILL, RISK, thresholds } from './thresholds.ts';
import { timeseries } from './timeseries.ts';
import { FILTER, fleetVariables, sourceVariable } from './variables.ts';
import { workloadLink } from './workloadLink.ts';

const FULL = `headroom_actual{${FILTER}} / ignoring (unit) headroom_capacity{${FILTER}}`;
/** Of the tightest resource of each workload. */
const TIGHTEST = `max by (workload) (${FULL})`;
const FITS = `headroom_actual{${FILTER}} <= bool ignoring (unit) headroom_capacity{${FILTER}}`;
const COST = `headroom_cost_hourly{${FILTER}}`;
const ATTAINED = thresholds([null, 'red'], [0.99, 'orange'], [0.999, 'green']);

/** Of the two plans that Headroom weighs: leave the replicas, or follow it. */
function plan(metric: string, which: 'current' | 'proposed'): string {
  return `headroom_workload_plan_${metric}{plan="${which}",${FILTER}}`;
}

/** How well capacity is used, what it costs, what following Headroom saves, and whether demand fits. */
export function kpiBoard(): object {
  return board({
    name: 'kpis',
    description: 'Utilisation, slack, cost, savings and how often demand fitted into usable capacity.',
    from: 'now-7d',
    to: 'now+24h',
    variables: [sourceVariable('headroom'), sourceVariable('metrics'), ...fleetVariables('many')],
    top: [
      stat({
        id: 1,
        title: 'Utilisation, last 24 hours',
        description:
          'Demand as a share of usable capacity, of each workload’s tightest resource, mean over time and workloads. Usable capacity already leaves the room that the workloads file asks for.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `avg(avg_over_time((${TIGHTEST})[24h:5m]))`, legend: 'Utilisation' }],
        unit: 'percentunit',
        decimals: 1,
        noValue: 'no capacity known',
      }),
      stat({
        id: 2,
        title: 'Slack at the peak, last 24 hours',
        description:
          'Usable capacity that nobody used even at each workload’s fullest moment, mean over the workloads: what a static allocation wastes at least.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `1 - avg(max_over_time((${TIGHTEST})[24h:5m]))`, legend: 'Slack' }],
        unit: 'percentunit',
        decimals: 1,
        noValue: 'no capacity known',
      }),
      stat({
        id: 3,
        title: 'Time within capacity, last 7 days',
        description:
          'Share of measured time at which every resource fitted into usable capacity, mean over the workloads: capacity’s part of the SLO. Latency and errors are not in it.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `avg(avg_over_time((min by (workload) (${FITS}))[7d:15m]))`, legend: 'Attainment' }],
        unit: 'percentunit',
        decimals: 2,
        noValue: 'no capacity known',
        colors: ATTAINED,
      }),
      moneyStat({
        id: 4,
        title: 'Cost of the plan, next 24 hours',
        description: 'By currency. Absent where no workload has a price.',
        ...{ width: 4, height: 4 },
        expr: `sum by (currency) (avg_over_time(${COST}[24h] offset -24h)) * 24`,
      }),
      moneyStat({
        id: 5,
        source: 'metrics',
        title: 'Saved by following it',
        description:
          'Expected cost over the horizon with the replicas of now, less that of the recommended plan, by currency. Negative where the plan buys safety.',
        ...{ width: 4, height: 4 },
        expr: `sum by (currency) (${plan('cost', 'current')} - ignoring (plan) ${plan('cost', 'proposed')})`,
        noValue: 'no prices, or not scraped',
      }),
      moneyStat({
        id: 6,
        title: 'Saved against a static peak, next 24 hours',
        description:
          'The baseline: hold the plan’s highest floor all day. Less what the plan costs that follows demand, by currency.',
        ...{ width: 4, height: 4 },
        expr: `sum by (currency) (max_over_time(${COST}[24h] offset -24h) - avg_over_time(${COST}[24h] offset -24h)) * 24`,
      }),
    ],
    sections: [
      {
        id: 20,
        title: 'Use of capacity',
        panels: [
          timeseries({
            id: 7,
            title: 'Utilisation of the tightest resource',
            description: 'Measured demand as a share of usable capacity.',
            ...{ width: 12, height: 9 },
            queries: [{ expr: TIGHTEST, legend: '{{workload}}' }],
            ...{ unit: 'percentunit', decimals: 0, min: 0 },
            limits: [[1, 'red']],
            noValue: 'no capacity known',
          }),
          timeseries({
            id: 8,
            title: 'Slack',
            description:
              'Usable capacity that is left: measured up to now, from now on in the median future with the replicas as they stand.',
            ...{ width: 12, height: 9 },
            queries: [
              { expr: `1 - ${TIGHTEST}`, legend: '{{workload}}' },
              {
                expr: `1 - max by (workload) (headroom_forecast{quantile="0.5",${FILTER}} / ignoring (quantile, unit) headroom_capacity{${FILTER}} unless ignoring (quantile, unit) headroom_actual{${FILTER}})`,
                legend: '{{workload}} foreseen',
              },
            ],
            ...{ unit: 'percentunit', decimals: 0, max: 1 },
            limits: [[0, 'red']],
            noValue: 'no capacity known',
          }),
        ],
      },
      {
        id: 21,
        title: 'Cost and risk',
        panels: [
          timeseries({
            id: 9,
            title: 'Planned cost of an hour',
            description: 'Of the recommended plan, in the past as it was then, by currency.',
            ...{ width: 12, height: 9 },
            queries: [{ expr: `sum by (currency) (${COST})`, legend: '{{currency}}' }],
            ...{ unit: 'none', decimals: 2, min: 0, isStepped: true, axisLabel: 'an hour' },
            overrides: MONEY,
            noValue: 'no prices',
          }),
          timeseries({
            id: 10,
            source: 'metrics',
            title: 'Expected cost over the horizon: as it is, and as recommended',
            description: 'As scraped from Headroom’s /metrics. What lies between is what following it saves, or buys.',
            ...{ width: 12, height: 9 },
            queries: (['current', 'proposed'] as const).map((which) => ({
              expr: `sum by (currency) (${plan('cost', which)})`,
              legend: `{{currency}} ${which}`,
            })),
            ...{ unit: 'none', decimals: 2, min: 0, isStepped: true },
            noValue: 'no prices, or not scraped',
          }),
          timeseries({
            id: 11,
            source: 'metrics',
            title: 'Highest risk: as it is, and as recommended',
            description:
              'Probability of at least one shortfall within the horizon, of the workload where it is highest: saving must not cost safety.',
            ...{ width: 12, height: 9 },
            queries: (['current', 'proposed'] as const).map((which) => ({
              expr: `max(${plan('shortfall_probability', which)})`,
              legend: which,
            })),
            ...{ unit: 'percentunit', decimals: 1, min: 0, isStepped: true },
            noValue: 'Headroom is not scraped',
          }),
          timeseries({
            id: 12,
            source: 'metrics',
            title: 'Recommendations',
            description: 'How many workloads are advised to be raised, lowered or left.',
            ...{ width: 12, height: 9 },
            queries: [
              {
                expr: `sum by (action) (headroom_workload_recommendation{${FILTER}})`,
                legend: '{{action}}',
              },
            ],
            ...{ unit: 'none', decimals: 0, min: 0, isStepped: true, isStacked: true },
            noValue: 'Headroom is not scraped',
          }),
        ],
      },
      {
        id: 22,
        title: 'Workload by workload',
        panels: [
          table({
            id: 13,
            title: 'Use and attainment',
            description:
              'Of the tightest resource over the last 24 hours, its fullest moment, and the share of the last 7 days within capacity.',
            ...{ width: 12, height: 10 },
            noValue: '–',
            columns: [
              { name: 'Workload', of: { label: 'workload' }, link: workloadLink('${__value.text:percentencode}') },
              {
                name: 'Utilisation',
                of: { expr: `avg_over_time((${TIGHTEST})[24h:5m])` },
                unit: 'percentunit',
                decimals: 0,
              },
              {
                name: 'Fullest',
                of: { expr: `max_over_time((${TIGHTEST})[24h:5m])` },
                unit: 'percentunit',
                decimals: 0,
                colors: FILL,
              },
              {
                name: 'Within capacity',
                of: { expr: `avg_over_time((min by (workload) (${FITS}))[7d:15m])` },
                unit: 'percentunit',
                decimals: 2,
                colors: ATTAINED,
              },
            ],
            sortBy: 'Utilisation',
            isAscending: true,
          }),
          table({
            id: 14,
            source: 'metrics',
            title: 'What following it saves, and risks',
            description:
              'Expected over the horizon of each workload: cost with the replicas of now and as recommended, what lies between, and the risk of both.',
            ...{ width: 12, height: 10 },
            noValue: '–',
            columns: [
              { name: 'Workload', of: { label: 'workload' }, link: workloadLink('${__value.text:percentencode}') },
              { name: 'Currency', of: { label: 'currency' } },
              ...(['current', 'proposed'] as const).map((which) => ({
                name: which === 'current' ? 'As it is' : 'Recommended',
                of: { expr: `sum by (workload, currency) (${plan('cost', which)})` },
                unit: 'none',
                decimals: 2,
              })),
              {
                name: 'Saved',
                of: {
                  expr: `sum by (workload, currency) (${plan('cost', 'current')} - ignoring (plan) ${plan('cost', 'proposed')})`,
                },
                unit: 'none',
                decimals: 2,
                colors: thresholds([null, 'orange'], [0, 'green']),
              },
              ...(['current', 'proposed'] as const).map((which) => ({
                name: which === 'current' ? 'Risk as it is' : 'Risk recommended',
                of: {
                  // With the currency of its cost, so that it comes into the same row.
                  expr: `max by (workload, currency) (${plan('shortfall_probability', which)} * on (workload, plan) group_left (currency) (${plan('cost', which)} ^ 0))`,
                },
                unit: 'percentunit',
                decimals: 1,
                colors: RISK,
              })),
            ],
            sortBy: 'Saved',
          }),
        ],
      },
    ],
  });
}
