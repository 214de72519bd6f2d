// The Prometheus API over an example fleet, in a thread of its own, so that the client does not share its loop.
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fastify } from 'fastify';
import { prometheusRoutes } from '../backend/http/prometheus/index.ts';
import { exampleFleet, type ExampleOptions } from '../backend/http/prometheus/fleet/exampleFleet.ts';

if (!isMainThread) {
  const app = fastify();
  await app.register((scope) =>
    prometheusRoutes(scope, {
      fleet: exampleFleet(workerData as ExampleOptions),
      access: { tokens: new Map(), isReadPublic: true },
      version: 'bench',
    })
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  parentPort?.postMessage((app.server.address() as AddressInfo).port);
}
