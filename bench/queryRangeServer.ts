// The Prometheus API over samples in memory, in a thread of its own, so that the client does not share its loop.
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort } from 'node:worker_threads';
import { fastify } from 'fastify';
import { prometheusRoutes } from '../backend/http/prometheus/index.ts';
import { exampleFleet } from '../backend/http/prometheus/fleet/exampleFleet.ts';
import { LabelSet, MemorySamples } from '../backend/promql/index.ts';
import { benchSeries } from './queryRangeSeries.ts';

if (!isMainThread) {
  const samples = new MemorySamples();
  for (const { labels, timestamps, values } of benchSeries()) {
    samples.store(LabelSet.from(labels), { timestamps, values });
  }
  const app = fastify();
  await app.register((scope) =>
    prometheusRoutes(scope, {
      fleet: exampleFleet({ nowSeconds: 0, workloadCount: 0 }),
      access: { tokens: new Map(), isReadPublic: true },
      version: 'bench',
      openSource: () => ({ select: (matchers, range) => samples.select(matchers, range), notices: () => [] }),
    })
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  parentPort?.postMessage((app.server.address() as AddressInfo).port);
}
