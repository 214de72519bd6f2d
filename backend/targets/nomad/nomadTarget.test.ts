import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { targetExam, type TargetFault, type TargetSubject } from '../../exams/target.ts';
import type { ScaleTarget } from '../../scaling/index.ts';
import { NomadTarget } from './nomadTarget.ts';

const { signal } = new AbortController();
const TOKEN = 'nomad-0123456789abcdef';
const CHANGE = { action: 'a-1', fence: 3, set: { floor: 7 }, holdUntilSeconds: 1_800_000_000, reason: 'a sale' };

interface Event {
  readonly CreateIndex: number;
  readonly Count: number;
  readonly Meta: unknown;
}

interface Nomad extends TargetSubject {
  readonly job: { count: number; index: number; scaling: object | null; isStopped: boolean; events: Event[] };
  readonly tokens: unknown[];
  readonly url: string;
}

const STATUS: Readonly<Partial<Record<TargetFault, number>>> = {
  failing: 500,
  forbidden: 403,
  expired: 403,
  invalid: 400,
  throttled: 429,
  gone: 404,
};

/** As much of Nomad's HTTP API as scaling needs: job, scale, events of which twenty are kept, the modify index. */
async function nomad(options: { readonly isNamed?: boolean } = {}): Promise<Nomad> {
  const job: Nomad['job'] = {
    count: 2,
    index: 10,
    scaling: { Enabled: true, Min: 1, Max: 20 },
    isStopped: false,
    events: [],
  };
  const tokens: unknown[] = [];
  let fault: TargetFault | undefined;
  let writes = 0;
  const scale = (change: {
    Count: number;
    Target: { Group: string };
    Meta: unknown;
    JobModifyIndex: number;
  }): number => {
    if (change.JobModifyIndex !== job.index || change.Count > 20 || change.Target.Group !== 'web') {
      return 400;
    }
    job.index++;
    job.count = change.Count;
    job.events = [{ CreateIndex: job.index, Count: change.Count, Meta: change.Meta }, ...job.events].slice(0, 20);
    writes++;
    return 200;
  };
  const answer = (method: string, path: string, body: string, response: ServerResponse) => {
    const say = (status: number, json: unknown = {}) => {
      response.writeHead(status, status === 429 ? { 'retry-after': '1' } : {}).end(JSON.stringify(json));
    };
    const isRead = method === 'GET';
    if (fault !== undefined && !(isRead && ['invalid', 'forgetful', 'cut'].includes(fault))) {
      if (fault === 'unreachable' || fault === 'cut') {
        if (fault === 'cut') {
          scale(JSON.parse(body) as Parameters<typeof scale>[0]);
        }
        response.socket?.destroy();
      } else if (fault !== 'slow') {
        say(STATUS[fault] ?? 200, fault === 'garbage' ? { TaskGroups: 'many' } : {});
      }
      return;
    }
    if (!isRead) {
      say(scale(JSON.parse(body) as Parameters<typeof scale>[0]));
    } else if (path === '/v1/job/shop%2Fweb/scale?namespace=default') {
      const group = { Desired: job.count, Running: job.count, Events: job.events };
      say(200, { JobModifyIndex: job.index, JobStopped: job.isStopped, TaskGroups: { web: group } });
    } else if (path === '/v1/job/shop%2Fweb?namespace=default') {
      say(200, { TaskGroups: [{ Name: 'web', Count: job.count, Scaling: job.scaling }] });
    } else {
      say(404);
    }
  };
  const server = createServer((request, response) => {
    let body = '';
    tokens.push(request.headers['x-nomad-token']);
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      answer(request.method ?? '', request.url ?? '', body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { isNamed = false } = options;
  return {
    job,
    tokens,
    url,
    open: ({ timeoutSeconds } = {}) =>
      Promise.resolve(
        new NomadTarget(
          {
            workload: 'web',
            entry: { kind: 'nomad', job: 'shop/web', group: 'web', ...(isNamed ? { address: url } : {}) },
            min: 1,
            max: 30,
          },
          {
            env: { NOMAD_ADDR: url, NOMAD_TOKEN: TOKEN },
            nowSeconds: () => 1_790_000_000,
            random: () => 0.5,
            sleep: (_, by) => (by.aborted ? Promise.reject(by.reason as Error) : Promise.resolve()),
          },
          timeoutSeconds
        )
      ),
    original: { floor: 2 },
    isSoleOwner: true,
    ceiling: 20,
    secrets: [TOKEN],
    world: {
      fields: () => Promise.resolve({ Count: job.count }),
      // Events are Nomad's own log of what was done: it keeps them.
      whole: () => Promise.resolve({ count: job.count, scaling: job.scaling }),
      writes: () => Promise.resolve(writes),
      touch: () => {
        job.index++;
        return Promise.resolve();
      },
      setByHand: (floor) => {
        job.index++;
        job.count = floor;
        job.events = [{ CreateIndex: job.index, Count: floor, Meta: null }, ...job.events];
        return Promise.resolve();
      },
      fail: (next) => {
        fault = next;
        return Promise.resolve();
      },
      heal: () => {
        fault = undefined;
        return Promise.resolve();
      },
    },
    dispose: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

targetExam('a Nomad task group', () => nomad());

async function inNomad(use: (world: Nomad, target: ScaleTarget) => Promise<void>, isNamed = false): Promise<void> {
  const world = await nomad({ isNamed });
  const target = await world.open();
  try {
    await use(world, target);
  } finally {
    await target.close();
    await world.dispose();
  }
}

describe('a Nomad task group', () => {
  test('that a scaling policy acts on is left to it, but for what is to be given back', () =>
    inNomad(async ({ job }, target) => {
      await target.apply(CHANGE, signal);
      job.scaling = { Enabled: true, Min: 1, Max: 20, Policy: { cooldown: '1m' } };
      await assert.rejects(target.apply({ ...CHANGE, action: 'b' }, signal), { code: 'TARGET_OWNED' });
      assert.equal((await target.read(signal)).isSoleOwner, false);
      await target.apply({ ...CHANGE, action: 'c', set: 'original' }, signal);
      assert.equal(job.count, 2);
    }));

  test('that is not there, or whose job is stopped, is gone', () =>
    inNomad(async ({ job }, target) => {
      job.isStopped = true;
      await assert.rejects(target.read(signal), { code: 'TARGET_GONE' });
    }));

  test('keeps its original through more changes than Nomad keeps events', () =>
    inNomad(async (_, target) => {
      for (let index = 0; index < 25; index++) {
        await target.apply({ ...CHANGE, action: `a-${index}`, set: { floor: 3 + (index % 5) } }, signal);
      }
      assert.deepEqual((await target.read(signal)).original, { floor: 2 });
    }));

  test('gets NOMAD_TOKEN at NOMAD_ADDR only, never at an address that the entry names', async () => {
    await inNomad(async ({ tokens }, target) => {
      await target.read(signal);
      assert.deepEqual(tokens, [TOKEN, TOKEN]);
    });
    await inNomad(async ({ tokens }, target) => {
      await target.read(signal);
      assert.deepEqual(tokens, [undefined, undefined]);
    }, true);
  });
});
