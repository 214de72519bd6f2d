import { barChart } from './barChart.ts';
import { board } from './board.ts';
import { stat } from './stat.ts';
import { table } from './table.ts';
import { thresholds } from './thresholds.ts';
import { timeseries } from './timeseries.ts';
import { choiceVariable, FILTER, fleetVariables, labelVariable, sourceVariable } from './variables.ts';
import { workloadLink } from './workloadLink.ts';

const SERIES = `${FILTER},resource=~"$resource"`;
const NAIVE = 'model="seasonal-naive"';
const OWN = 'model!="seasonal-naive"';
const AT_LEAD = 'lead="$lead"';

const COVERAGE_80 = thresholds([null, 'red'], [0.7, 'yellow'], [0.76, 'green'], [0.88, 'yellow']);
const COVERAGE_95 = thresholds([null, 'red'], [0.88, 'yellow'], [0.93, 'green'], [0.99, 'yellow']);
const SKILL = thresholds([null, 'red'], [0, 'yellow'], [0.05, 'green']);
const DRIFT = thresholds([null, 'green'], [1.001, 'red']);

/** Of the model in charge of each series; where none is yet, of seasonal-naive, which stands in. */
function inCharge(metric: string, matchers: string): string {
  return `(${metric}{${OWN},${matchers}} or on (workload, resource, lead, metric, level) ${metric}{${NAIVE},${matchers}})`;
}

/** How much smaller the error is than seasonal-naive's, series by series. */
function skill(prefix: 'headroom_' | 'headroom_horizon_', matchers: string): string {
  const error = `${prefix}forecast_error`;
  const own = inCharge(error, `metric="crps",${matchers}`);
  return `1 - ${own} / on (workload, resource, lead) group_left () ${error}{metric="crps",${NAIVE},${matchers}}`;
}

/** How well forecasts did: beside seasonal-naive, against their own bands, of late against before. */
export function accuracyBoard(): object {
  return board({
    name: 'accuracy',
    description:
      'Live accuracy of the models on what came: error beside seasonal-naive by lead time, coverage of the bands, drift.',
    from: 'now-7d',
    to: 'now',
    variables: [
      sourceVariable('headroom'),
      sourceVariable('metrics'),
      ...fleetVariables('many'),
      labelVariable({
        name: 'resource',
        label: 'Resource',
        selector: `headroom_actual{${FILTER}}`,
        isMany: true,
      }),
      choiceVariable('lead', 'Lead time', ['15m', '1h', '6h', '24h'], '1h'),
    ],
    top: [
      stat({
        id: 1,
        title: 'Better than seasonal-naive',
        description:
          'How much smaller the error (CRPS) is than that of repeating the last season, mean over the series, for lead times up to $lead. Below 0 a model does worse than doing nothing clever.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `avg(${skill('headroom_', `${AT_LEAD},${SERIES}`)})`, legend: 'Skill' }],
        unit: 'percentunit',
        decimals: 1,
        noValue: 'nothing scored yet',
        colors: SKILL,
      }),
      stat({
        id: 2,
        title: 'MASE',
        description:
          'Absolute error relative to seasonal-naive’s past error, median over the series, for lead times up to $lead: below 1 is better.',
        ...{ width: 4, height: 4 },
        queries: [
          {
            expr: `quantile(0.5, ${inCharge('headroom_forecast_error', `metric="mase",${AT_LEAD},${SERIES}`)})`,
            legend: 'MASE',
          },
        ],
        unit: 'none',
        decimals: 2,
        noValue: 'nothing scored yet',
        colors: thresholds([null, 'green'], [0.95, 'yellow'], [1.05, 'red']),
      }),
      ...(
        [
          [3, '80', '0.8', COVERAGE_80],
          [4, '95', '0.95', COVERAGE_95],
        ] as const
      ).map(([id, percent, level, colors]) =>
        stat({
          id,
          title: `Inside the ${percent} % band`,
          description: `Share of truths inside the central band, mean over the series, for lead times up to $lead: ${percent} % is right, less is overconfident, more is too careful.`,
          ...{ width: 4, height: 4 },
          queries: [
            {
              expr: `avg(${inCharge('headroom_forecast_coverage', `level="${level}",${AT_LEAD},${SERIES}`)})`,
              legend: 'Coverage',
            },
          ],
          unit: 'percentunit',
          decimals: 1,
          noValue: 'nothing scored yet',
          colors,
        })
      ),
      stat({
        id: 5,
        source: 'metrics',
        title: 'Largest drift',
        description:
          'How far the workload that is farthest off the course its forecasts take it for is off, over what noise does: another level, or another course of the day. 1 where none is; absent in the first week.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `max(headroom_workload_drift{${FILTER}})`, legend: 'Drift' }],
        unit: 'suffix: ×',
        decimals: 2,
        noValue: 'too little scored',
        colors: DRIFT,
      }),
      stat({
        id: 6,
        source: 'metrics',
        title: 'Warnings',
        description:
          'That stand on the pages of the workloads: gaps, models that stand in, notes of the configuration.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `sum(headroom_workload_warnings{${FILTER}})`, legend: 'Warnings' }],
        unit: 'none',
        noValue: 'Headroom is not scraped',
        colors: thresholds([null, 'green'], [1, 'yellow']),
      }),
    ],
    sections: [
      {
        id: 20,
        title: 'By lead time',
        panels: [
          barChart({
            id: 7,
            title: 'Error beside seasonal-naive',
            description:
              'CRPS relative to the mean of what came, mean over the series: the whole distribution’s error, 0 is perfect.',
            ...{ width: 8, height: 9 },
            queries: [
              {
                expr: `avg by (lead) (${inCharge('headroom_forecast_error', `metric="crps",${SERIES}`)})`,
                legend: 'in charge',
              },
              {
                expr: `avg by (lead) (headroom_forecast_error{metric="crps",${NAIVE},${SERIES}})`,
                legend: 'seasonal-naive',
              },
            ],
            ...{ label: 'lead', unit: 'percentunit', decimals: 1, min: 0 },
          }),
          barChart({
            id: 8,
            title: 'MASE beside seasonal-naive',
            description: 'Absolute error of the median relative to seasonal-naive’s past error, mean over the series.',
            ...{ width: 8, height: 9 },
            queries: [
              {
                expr: `avg by (lead) (${inCharge('headroom_forecast_error', `metric="mase",${SERIES}`)})`,
                legend: 'in charge',
              },
              {
                expr: `avg by (lead) (headroom_forecast_error{metric="mase",${NAIVE},${SERIES}})`,
                legend: 'seasonal-naive',
              },
            ],
            ...{ label: 'lead', unit: 'none', decimals: 2, min: 0 },
          }),
          barChart({
            id: 9,
            title: 'Coverage against nominal',
            description:
              'Share of truths inside the 80 % and the 95 % band, mean over the series: 80 % and 95 % are right.',
            ...{ width: 8, height: 9 },
            queries: [
              {
                expr: `avg by (lead) (${inCharge('headroom_forecast_coverage', `level="0.8",${SERIES}`)})`,
                legend: '80 % band',
              },
              {
                expr: `avg by (lead) (${inCharge('headroom_forecast_coverage', `level="0.95",${SERIES}`)})`,
                legend: '95 % band',
              },
            ],
            ...{ label: 'lead', unit: 'percentunit', decimals: 0, min: 0, max: 1 },
          }),
        ],
      },
      {
        id: 21,
        title: 'Series by series, up to $lead ahead',
        panels: [
          table({
            id: 10,
            title: 'Live accuracy',
            description:
              'Each model beside seasonal-naive on the same truths of the last seven days; sort by what matters to you.',
            ...{ width: 24, height: 11 },
            noValue: '–',
            columns: [
              { name: 'Workload', of: { label: 'workload' }, link: workloadLink('${__value.text:percentencode}') },
              { name: 'Resource', of: { label: 'resource' } },
              { name: 'Model', of: { label: 'model' } },
              {
                name: 'CRPS',
                of: {
                  expr: `max by (workload, resource, model) (headroom_forecast_error{metric="crps",${AT_LEAD},${SERIES}})`,
                },
                unit: 'percentunit',
                decimals: 1,
              },
              {
                name: 'Better than seasonal-naive',
                of: { expr: `max by (workload, resource, model) (${skill('headroom_', `${AT_LEAD},${SERIES}`)})` },
                unit: 'percentunit',
                decimals: 1,
                colors: SKILL,
              },
              {
                name: 'MASE',
                of: {
                  expr: `max by (workload, resource, model) (headroom_forecast_error{metric="mase",${AT_LEAD},${SERIES}})`,
                },
                unit: 'none',
                decimals: 2,
              },
              {
                name: 'In the 80 % band',
                of: {
                  expr: `max by (workload, resource, model) (headroom_forecast_coverage{level="0.8",${AT_LEAD},${SERIES}})`,
                },
                unit: 'percentunit',
                decimals: 1,
                colors: COVERAGE_80,
              },
              {
                name: 'In the 95 % band',
                of: {
                  expr: `max by (workload, resource, model) (headroom_forecast_coverage{level="0.95",${AT_LEAD},${SERIES}})`,
                },
                unit: 'percentunit',
                decimals: 1,
                colors: COVERAGE_95,
              },
            ],
            sortBy: 'Better than seasonal-naive',
            isAscending: true,
          }),
        ],
      },
      {
        id: 22,
        title: 'Over time',
        panels: [
          timeseries({
            id: 11,
            source: 'metrics',
            title: 'Better than seasonal-naive, up to $lead ahead',
            description:
              'As scraped: the figures of the last seven days at each time. Below the line a model does worse.',
            ...{ width: 12, height: 8 },
            queries: [
              {
                expr: `avg by (workload) (${skill('headroom_horizon_', `horizon="0s",${AT_LEAD},${SERIES}`)})`,
                legend: '{{workload}}',
              },
            ],
            ...{ unit: 'percentunit', decimals: 0 },
            limits: [[0, 'red']],
            noValue: 'nothing scored yet',
          }),
          timeseries({
            id: 12,
            source: 'metrics',
            title: 'Coverage of the bands, up to $lead ahead',
            description: 'As scraped, mean over the series; the lines are where they should be.',
            ...{ width: 12, height: 8 },
            queries: [
              {
                expr: `avg by (level) (${inCharge('headroom_horizon_forecast_coverage', `horizon="0s",${AT_LEAD},${SERIES}`)})`,
                legend: 'band {{level}}',
              },
            ],
            ...{ unit: 'percentunit', decimals: 0, min: 0, max: 1 },
            limits: [
              [0.8, 'green'],
              [0.95, 'blue'],
            ],
            noValue: 'nothing scored yet',
          }),
          timeseries({
            id: 13,
            source: 'metrics',
            title: 'Drift',
            description:
              'How far each workload is off the course its forecasts take it for, over what noise does. Above 1 nothing is built on its forecasts; above 1.25 it stands among the reasons and less is committed.',
            ...{ width: 12, height: 8 },
            queries: [{ expr: `max by (workload) (headroom_workload_drift{${FILTER}})`, legend: '{{workload}}' }],
            ...{ unit: 'suffix: ×', decimals: 2, min: 0 },
            limits: [[1, 'red']],
            noValue: 'too little scored',
          }),
          timeseries({
            id: 14,
            source: 'metrics',
            title: 'Warnings',
            description: 'How many stand on the page of each workload.',
            ...{ width: 12, height: 8 },
            queries: [{ expr: `max by (workload) (headroom_workload_warnings{${FILTER}})`, legend: '{{workload}}' }],
            ...{ unit: 'none', decimals: 0, min: 0, isStepped: true },
          }),
        ],
      },
      {
        id: 23,
        title: 'Forecast against truth',
        panels: [
          timeseries({
            id: 15,
            title: 'How far the median was off',
            description:
              'What was foreseen with at least the lead time of a new replica, less what came, relative to it. Above 0 too much was foreseen.',
            ...{ width: 12, height: 8 },
            queries: [
              {
                expr: `avg by (workload) (headroom_forecast{quantile="0.5",${SERIES}} / ignoring (quantile) headroom_actual{${SERIES}}) - 1`,
                legend: '{{workload}}',
              },
            ],
            ...{ unit: 'percentunit', decimals: 0 },
            limits: [[0, 'text']],
            noValue: 'no past forecasts yet',
          }),
          barChart({
            id: 16,
            title: 'Share of truths below each quantile, last 24 hours',
            description: 'A calibrated forecast has 10 % of truths below its 0.1 quantile, and so on.',
            ...{ width: 12, height: 8 },
            queries: [
              {
                expr: `avg by (quantile) (avg_over_time((headroom_actual{${SERIES}} <= bool on (workload, resource) group_right () headroom_forecast{quantile=~"0.05|0.1|0.25|0.5|0.75|0.9|0.95",${SERIES}})[24h:5m]))`,
                legend: 'below',
              },
            ],
            ...{ label: 'quantile', unit: 'percentunit', decimals: 0, min: 0, max: 1 },
          }),
        ],
      },
    ],
  });
}
