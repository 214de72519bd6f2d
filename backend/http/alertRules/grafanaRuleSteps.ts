import type { GrafanaRuleExpression, GrafanaRuleQuery } from './grafanaRuleFile.ts';

const EXPRESSION = { type: '__expr__', uid: '__expr__' } as const;

/**
 * A rule's steps: the query A, its reduction B to one number a series, and C, which is true where B is beyond `limit`.
 *
 * `from` and `to` are seconds before now: `{ from: 0, to: -86400 }` asks for the next 24 hours. A range of points
 * `stepSeconds` apart is asked; without a step one instant, at `to`.
 */
export function grafanaRuleSteps(asked: {
  readonly datasourceUid: string;
  readonly expression: string;
  readonly from: number;
  readonly to: number;
  readonly stepSeconds?: number;
  readonly reducer: 'max' | 'last' | 'count';
  readonly condition: 'gt' | 'lt';
  readonly limit: number;
}): ReadonlyArray<GrafanaRuleQuery | GrafanaRuleExpression> {
  const { datasourceUid, expression, from, to, stepSeconds, reducer, condition, limit } = asked;
  const isRange = stepSeconds !== undefined;
  return [
    {
      refId: 'A',
      relativeTimeRange: { from, to },
      datasourceUid,
      model: {
        refId: 'A',
        datasource: { type: 'prometheus', uid: datasourceUid },
        editorMode: 'code',
        expr: expression,
        range: isRange,
        instant: !isRange,
        intervalMs: (stepSeconds ?? 60) * 1000,
        maxDataPoints: 500,
      },
    },
    {
      refId: 'B',
      datasourceUid: '__expr__',
      model: {
        refId: 'B',
        datasource: EXPRESSION,
        type: 'reduce',
        expression: 'A',
        reducer,
        settings: { mode: 'dropNN' },
      },
    },
    {
      refId: 'C',
      datasourceUid: '__expr__',
      model: {
        refId: 'C',
        datasource: EXPRESSION,
        type: 'threshold',
        expression: 'B',
        conditions: [{ evaluator: { type: condition, params: [limit] } }],
      },
    },
  ];
}
