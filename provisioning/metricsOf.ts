import { parser } from '@prometheus-io/lezer-promql';

/** The metrics that a PromQL expression names, by Prometheus' own grammar; throws where the expression is none. */
export function metricsOf(expression: string): Set<string> {
  const metrics = new Set<string>();
  parser.parse(expression).iterate({
    enter: ({ name, type, node, from, to }) => {
      if (type.isError) {
        throw new Error(`not PromQL at ${from}: ${expression}`);
      }
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') {
        metrics.add(expression.slice(from, to));
      }
    },
  });
  return metrics;
}
