import { escapedLabelValue } from './escapedLabelValue';

export interface AlertQuestion {
  readonly workload: string;
  /** The rule's name, in the person's words. */
  readonly name: string;
  /** What of the rule is told with an alert, in the person's words. */
  readonly summary: string;
  /** How far ahead it looks. */
  readonly aheadSeconds: number;
}

const EXPRESSION = { type: '__expr__', uid: '__expr__' };
const STEP_MS = 300_000;
/** As in the rules that `headroom alert-rules --grafana` prints. */
const PROBABILITY = 0.05;

/**
 * The address of Grafana's form for a new alert rule, filled in: the highest probability of a shortfall from now to
 * `aheadSeconds`, above 5 %. The range lies in the future, so Grafana's own "new alert rule" of a panel cannot make it.
 */
export function alertRuleUrl(datasourceUid: string, { workload, name, summary, aheadSeconds }: AlertQuestion): string {
  const rule = {
    type: 'grafana',
    name,
    condition: 'C',
    evaluateFor: '5m',
    keepFiringFor: '15m',
    // An alert on the future must not go away because its source did.
    noDataState: 'KeepLast',
    execErrState: 'KeepLast',
    labels: [
      { key: 'product', value: 'headroom' },
      { key: 'workload', value: workload },
    ],
    annotations: [{ key: 'summary', value: summary }],
    queries: [
      {
        refId: 'A',
        queryType: '',
        datasourceUid,
        relativeTimeRange: { from: 0, to: -aheadSeconds },
        model: {
          refId: 'A',
          datasource: { type: 'prometheus', uid: datasourceUid },
          editorMode: 'code',
          expr: `headroom_shortfall_probability{workload="${escapedLabelValue(workload)}", resource="any"}`,
          range: true,
          instant: false,
          intervalMs: STEP_MS,
          maxDataPoints: 500,
        },
      },
      expression('B', { type: 'reduce', expression: 'A', reducer: 'max', settings: { mode: 'dropNN' } }),
      expression('C', {
        type: 'threshold',
        expression: 'B',
        conditions: [{ evaluator: { type: 'gt', params: [PROBABILITY] } }],
      }),
    ],
  };
  return `/alerting/new?${new URLSearchParams({ defaults: JSON.stringify(rule) }).toString()}`;
}

function expression(refId: string, model: object): object {
  return { refId, queryType: '', datasourceUid: EXPRESSION.uid, model: { refId, datasource: EXPRESSION, ...model } };
}
