/** A measured series of the demo fleet as an exporter names it. */
export interface DemoMetric {
  readonly name: string;
  readonly help: string;
}

export interface DemoSample {
  readonly metric: string;
  readonly service: string;
  readonly value: number;
  /** Epoch seconds; absent on a scrape, whose time is Prometheus' own. */
  readonly timeSeconds?: number;
}

/** The exporter's metrics by the last part of the demo source's series names (`checkout.requests`). */
export const DEMO_METRICS: Readonly<Record<string, DemoMetric>> = {
  requests: { name: 'demo_requests_per_second', help: 'Requests that the service is asked for, a second.' },
  cpu: { name: 'demo_cpu_cores', help: 'Cores in use over all replicas.' },
  memory: { name: 'demo_memory_bytes', help: 'Memory in use over all replicas.' },
  network: { name: 'demo_network_bytes_per_second', help: 'Bytes sent and received over all replicas, a second.' },
  disk: { name: 'demo_disk_bytes_per_second', help: 'Bytes read and written over all replicas, a second.' },
  replicas: { name: 'demo_replicas_ready', help: 'Replicas that are ready.' },
  latency: { name: 'demo_latency_p99_seconds', help: 'The 0.99 quantile of the latency of requests.' },
  errors: { name: 'demo_errors_ratio', help: 'Share of requests that failed.' },
};

/**
 * Samples as OpenMetrics text, which Prometheus scrapes and `promtool tsdb create-blocks-from openmetrics` reads:
 * each metric's samples together, what wasn't measured (NaN) left out, `# EOF` at the end.
 */
export function demoExposition(samples: Iterable<DemoSample>): string {
  const byMetric = new Map<string, string[]>();
  for (const { metric, service, value, timeSeconds } of samples) {
    if (Number.isFinite(value)) {
      const time = timeSeconds === undefined ? '' : ` ${String(timeSeconds)}`;
      const lines = byMetric.get(metric) ?? [];
      lines.push(`${metric}{service="${service}"} ${String(value)}${time}\n`);
      byMetric.set(metric, lines);
    }
  }
  const families = Object.values(DEMO_METRICS).flatMap(({ name, help }) => {
    const lines = byMetric.get(name) ?? [];
    return lines.length === 0 ? [] : [`# TYPE ${name} gauge\n# HELP ${name} ${help}\n`, ...lines];
  });
  return `${families.join('')}# EOF\n`;
}
