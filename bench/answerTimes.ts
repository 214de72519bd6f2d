import { once } from 'node:events';
import { createServer, request, type Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BenchRow } from './bench.ts';

/** A row of times of the same run, ours beside the peer's. */
export function timesRow(name: string, pairs: ReadonlyArray<readonly [ours: number, peer: number]>): BenchRow {
  const ratios = pairs.map(([ours, peer]) => peer / ours);
  return {
    name,
    ours: median(pairs.map(([ours]) => ours)),
    peer: median(pairs.map(([, peer]) => peer)),
    unit: 'ms',
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Asks a server of its own until asking is compiled, so that who is timed first does not pay for it. */
export async function warmClient(agent: Agent): Promise<void> {
  const server = createServer((_request, response) => response.end('x'.repeat(100_000))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  for (let asked = 0; asked < 200; asked++) {
    await answerMilliseconds(url, agent);
  }
  server.close();
  server.closeAllConnections();
}

/** How long an answer takes from the request to its last byte. */
export async function answerMilliseconds(url: string, agent: Agent): Promise<number> {
  const begin = performance.now();
  await new Promise<void>((resolve, reject) => {
    request(url, { agent, headers: { 'accept-encoding': 'identity' } }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`${url}: ${String(response.statusCode)}`));
      }
      response.on('error', reject);
      response.on('end', resolve);
      response.resume();
    })
      .on('error', reject)
      .end();
  });
  return performance.now() - begin;
}
