import { board } from './board.ts';
import { stat } from './stat.ts';
import { table } from './table.ts';
import { thresholds } from './thresholds.ts';
import { timeseries } from './timeseries.ts';
import { labelVariable, sourceVariable } from './variables.ts';

const OWN = 'instance=~"$instance"';
const source = 'metrics';
const NOT_SCRAPED = 'Headroom is not scraped';
const YES_NO = [
  {
    type: 'value',
    options: { '0': { text: 'no', color: 'red', index: 0 }, '1': { text: 'yes', color: 'green', index: 1 } },
  },
];

/** The 0.95 quantile of a histogram of durations; turns are minutes apart, so shorter windows are empty. */
function p95(histogram: string, by: string, matchers = ''): string {
  const labels = [...(by === '' ? [] : [by]), 'le'].join(', ');
  return `histogram_quantile(0.95, sum by (${labels}) (rate(${histogram}_bucket{${OWN}${matchers}}[15m])))`;
}

/** What an engineer on call looks at when Headroom itself is in doubt. */
export function healthBoard(): object {
  return board({
    name: 'health',
    description:
      'Headroom’s own health: is it up, is it in time, what fails, what does it use. From its /metrics as a Prometheus scrapes them.',
    from: 'now-6h',
    to: 'now',
    variables: [
      sourceVariable('metrics'),
      labelVariable({
        name: 'instance',
        label: 'Instance',
        selector: 'headroom_build_info',
        isMany: true,
        source,
      }),
    ],
    top: [
      stat({
        id: 1,
        source,
        title: 'Version',
        description: 'What runs. Two of them: an upgrade is under way, or two sidecars are scraped.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `max by (version) (headroom_build_info{${OWN}})`, legend: '{{version}}' }],
        unit: 'none',
        noValue: NOT_SCRAPED,
        showsName: true,
      }),
      stat({
        id: 2,
        source,
        title: 'Up for',
        description: 'Since the last start of the process that started last.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `min(time() - process_start_time_seconds{${OWN}})`, legend: 'Up for' }],
        unit: 's',
        decimals: 0,
        noValue: NOT_SCRAPED,
        colors: thresholds([null, 'orange'], [600, 'green']),
      }),
      stat({
        id: 3,
        source,
        title: 'Workloads that are not well',
        description: 'Stale, failing, or still starting.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `sum(headroom_workload_health{state!="ok",${OWN}}) or vector(0)`, legend: 'Workloads' }],
        unit: 'none',
        colors: thresholds([null, 'green'], [1, 'orange']),
      }),
      stat({
        id: 4,
        source,
        title: 'Oldest forecast',
        description: 'How long ago the workload that waits longest had a new forecast. The alert begins at an hour.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `max(time() - headroom_workload_last_success_timestamp_seconds{${OWN}})`, legend: 'Age' }],
        unit: 's',
        decimals: 0,
        noValue: NOT_SCRAPED,
        colors: thresholds([null, 'green'], [900, 'yellow'], [3600, 'red']),
      }),
      stat({
        id: 5,
        source,
        title: 'Configuration in force',
        description:
          'Whether the workloads file as it lies there is in force; if not, GET /api/v1/status names the fault.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `min(headroom_config_last_reload_successful{${OWN}})`, legend: 'In force' }],
        unit: 'none',
        noValue: NOT_SCRAPED,
        mappings: YES_NO,
        colors: thresholds([null, 'red'], [1, 'green']),
      }),
      stat({
        id: 6,
        source,
        title: 'Storage keeps what it is told',
        description: 'Whether the last write was kept. If not, forecasts go on but are lost at a restart.',
        ...{ width: 4, height: 4 },
        queries: [{ expr: `min(headroom_storage_up{${OWN}})`, legend: 'Kept' }],
        unit: 'none',
        noValue: NOT_SCRAPED,
        mappings: YES_NO,
        colors: thresholds([null, 'red'], [1, 'green']),
      }),
    ],
    sections: [
      {
        id: 20,
        title: 'Is it in time?',
        panels: [
          timeseries({
            id: 7,
            source,
            title: 'Turns, 95 of 100 within',
            description:
              'From the reads to the recommendation, waits included, by range. A turn that takes longer than its step (five minutes for the day by default) makes forecasts late.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: p95('headroom_turn_duration_seconds', 'range'), legend: '{{range}}' }],
            ...{ unit: 's', min: 0 },
            noValue: 'no turn in 15 minutes',
          }),
          timeseries({
            id: 8,
            source,
            title: 'Computing, 95 of 100 within',
            description:
              'Of one workload’s forecasts, of its simulation, and of the fit of one model (daily, and after a start).',
            ...{ width: 8, height: 8 },
            queries: [
              { expr: p95('headroom_forecast_duration_seconds', ''), legend: 'forecast' },
              { expr: p95('headroom_simulation_duration_seconds', ''), legend: 'simulation' },
              { expr: p95('headroom_training_duration_seconds', ''), legend: 'fit' },
            ],
            ...{ unit: 's', min: 0 },
            noValue: 'nothing was computed in 15 minutes',
          }),
          timeseries({
            id: 9,
            source,
            title: 'Queues',
            description: 'How much waits for a thread. It should come back to 0 within a step; if not, give it cores.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: `sum by (queue) (headroom_queue_depth{${OWN}})`, legend: '{{queue}}' }],
            ...{ unit: 'none', decimals: 0, min: 0 },
          }),
          timeseries({
            id: 10,
            source,
            title: 'Forecasts issued',
            description:
              'Workloads forecast anew, a minute. Each has one a step: seven workloads at five minutes make 1.4.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: `sum(rate(headroom_outlooks_total{${OWN}}[15m])) * 60`, legend: 'issued' }],
            ...{ unit: 'opm', min: 0 },
          }),
          timeseries({
            id: 11,
            source,
            title: 'Workloads by health',
            description: 'How many are ok, starting, stale or failing.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: `sum by (state) (headroom_workload_health{${OWN}})`, legend: '{{state}}' }],
            ...{ unit: 'none', decimals: 0, min: 0, isStacked: true, isStepped: true },
            overrides: [
              ['ok', 'green'],
              ['starting', 'blue'],
              ['stale', 'orange'],
              ['failing', 'red'],
            ].map(([state = '', fixedColor = '']) => ({
              matcher: { id: 'byName', options: state },
              properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
            })),
          }),
          table({
            id: 12,
            source,
            title: 'Longest without a new forecast',
            description: 'The workloads in the order of the age of their forecast, with the source they are read from.',
            ...{ width: 8, height: 8 },
            columns: [
              { name: 'Workload', of: { label: 'workload' } },
              { name: 'Source', of: { label: 'source' } },
              {
                name: 'Age',
                of: {
                  expr: `topk(20, max by (workload, source) (time() - headroom_workload_last_success_timestamp_seconds{${OWN}}))`,
                },
                unit: 's',
                decimals: 0,
                colors: thresholds([null, 'green'], [900, 'yellow'], [3600, 'red']),
              },
            ],
            sortBy: 'Age',
          }),
        ],
      },
      {
        id: 21,
        title: 'What fails?',
        panels: [
          timeseries({
            id: 13,
            source,
            title: 'Errors by code',
            description: 'What went wrong in the loop within 15 minutes; docs/errors.md says what each code asks for.',
            ...{ width: 8, height: 8 },
            queries: [
              {
                expr: `sum by (code, level) (increase(headroom_errors_total{${OWN}}[15m])) > 0`,
                legend: '{{code}} ({{level}})',
              },
            ],
            ...{ unit: 'short', decimals: 0, min: 0, isBars: true },
            noValue: 'none',
          }),
          timeseries({
            id: 14,
            source,
            title: 'Since each source answered',
            description:
              'Seconds since its last successful read. The alert begins at a quarter of an hour with failures.',
            ...{ width: 8, height: 8 },
            queries: [
              {
                expr: `max by (source) (time() - headroom_source_last_success_timestamp_seconds{${OWN}})`,
                legend: '{{source}}',
              },
            ],
            ...{ unit: 's', min: 0 },
            limits: [[900, 'red']],
          }),
          timeseries({
            id: 15,
            source,
            title: 'Failed reads',
            description: 'Within 15 minutes, by source.',
            ...{ width: 8, height: 8 },
            queries: [
              {
                expr: `sum by (source) (increase(headroom_source_errors_total{${OWN}}[15m]))`,
                legend: '{{source}}',
              },
            ],
            ...{ unit: 'short', decimals: 0, min: 0, isBars: true },
            noValue: 'none',
          }),
        ],
      },
      {
        id: 22,
        title: 'What is asked of it?',
        panels: [
          timeseries({
            id: 16,
            source,
            title: 'Requests',
            description: 'Over HTTP, by route; what Headroom does not know is “other”.',
            ...{ width: 8, height: 8 },
            queries: [
              {
                expr: `sum by (route) (rate(headroom_request_duration_seconds_count{${OWN}}[5m]))`,
                legend: '{{route}}',
              },
            ],
            ...{ unit: 'reqps', min: 0 },
          }),
          timeseries({
            id: 17,
            source,
            title: 'Answers, 95 of 100 within',
            description: 'From the request to the last byte, by route.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: p95('headroom_request_duration_seconds', 'route'), legend: '{{route}}' }],
            ...{ unit: 's', min: 0 },
          }),
          timeseries({
            id: 18,
            source,
            title: 'Answers that failed',
            description: 'Share of requests that were refused (4xx) and that failed (5xx).',
            ...{ width: 8, height: 8 },
            queries: ['4', '5'].map((hundred) => ({
              expr: `(sum(rate(headroom_request_duration_seconds_count{status=~"${hundred}..",${OWN}}[5m])) or vector(0)) / sum(rate(headroom_request_duration_seconds_count{${OWN}}[5m]))`,
              legend: `${hundred}xx`,
            })),
            ...{ unit: 'percentunit', min: 0, max: 1 },
          }),
        ],
      },
      {
        id: 23,
        title: 'What does it use?',
        panels: [
          timeseries({
            id: 19,
            source,
            title: 'Event loop delay',
            description:
              'How late the main thread, which answers, comes to what is due; quantiles between two scrapes. Above 100 ms answers feel slow.',
            ...{ width: 8, height: 8 },
            queries: [
              { expr: `max(nodejs_eventloop_lag_p50_seconds{${OWN}})`, legend: 'median' },
              { expr: `max(nodejs_eventloop_lag_p99_seconds{${OWN}})`, legend: '0.99' },
              { expr: `max(nodejs_eventloop_lag_max_seconds{${OWN}})`, legend: 'max' },
            ],
            ...{ unit: 's', min: 0 },
            limits: [[0.1, 'orange']],
          }),
          timeseries({
            id: 24,
            source,
            title: 'Memory',
            description: 'Of the process with its worker threads, and of the main thread’s heap.',
            ...{ width: 8, height: 8 },
            queries: [
              { expr: `sum(process_resident_memory_bytes{${OWN}})`, legend: 'resident' },
              { expr: `sum(nodejs_heap_size_used_bytes{${OWN}})`, legend: 'heap used' },
              { expr: `sum(nodejs_external_memory_bytes{${OWN}})`, legend: 'external' },
            ],
            ...{ unit: 'bytes', min: 0 },
          }),
          timeseries({
            id: 25,
            source,
            title: 'CPU',
            description: 'Cores in use, worker threads included.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: `sum(rate(process_cpu_seconds_total{${OWN}}[5m]))`, legend: 'cores' }],
            ...{ unit: 'none', decimals: 2, min: 0, axisLabel: 'cores' },
          }),
          timeseries({
            id: 26,
            source,
            title: 'Storage',
            description: 'Size of the database with its log. It levels off after the 90 days that are kept.',
            ...{ width: 8, height: 8 },
            queries: [{ expr: `sum by (kind) (headroom_storage_size_bytes{${OWN}})`, legend: '{{kind}}' }],
            ...{ unit: 'bytes', min: 0 },
            noValue: 'not on this machine',
          }),
          timeseries({
            id: 27,
            source,
            title: 'Garbage collection',
            description: 'Share of the main thread’s time, by kind.',
            ...{ width: 8, height: 8 },
            queries: [
              {
                expr: `sum by (kind) (rate(nodejs_gc_duration_seconds_sum{${OWN}}[5m]))`,
                legend: '{{kind}}',
              },
            ],
            ...{ unit: 'percentunit', min: 0 },
          }),
          timeseries({
            id: 28,
            source,
            title: 'Open files',
            description: 'Open file descriptors, and how many there may be.',
            ...{ width: 8, height: 8 },
            queries: [
              { expr: `sum(process_open_fds{${OWN}})`, legend: 'open' },
              { expr: `sum(process_max_fds{${OWN}})`, legend: 'limit' },
            ],
            ...{ unit: 'none', decimals: 0, min: 0 },
          }),
        ],
      },
    ],
  });
}
