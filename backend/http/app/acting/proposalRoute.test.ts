import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { recommendationSchema } from '../../../../contract/index.ts';
import { createSimulationThreads, Jobs, Proposals, Simulator } from '../../../control/index.ts';
import { openSqliteStorage, type Storage } from '../../../storage/index.ts';
import { exampleFleet } from '../../prometheus/fleet/exampleFleet.ts';
import { testServer } from '../../testServer.fixture.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';
import { proposalRoute } from './proposalRoute.ts';

const START = 1_790_000_100;
const closers: Array<() => Promise<unknown>> = [];
after(() => Promise.all(closers.map((close) => close())));

async function serve(view: Parameters<typeof exampleFleet>[0]['view'] = {}) {
  const clock = { now: START };
  const nowSeconds = () => clock.now;
  const fleet = exampleFleet({ nowSeconds: START, view });
  const storage: Storage = await openSqliteStorage({ file: ':memory:' });
  const jobs = new Jobs({ nowSeconds, createId: () => 'job' });
  const simulate = createSimulationThreads(1);
  const simulator = new Simulator({ jobs, simulate, scenario: () => undefined, monotonicSeconds: () => 0 });
  let ids = 0;
  const createId = () => `id-${String(++ids)}`;
  const proposals = new Proposals({ simulator, storage, nowSeconds, createId });
  const deps = {
    fleet: { workload: (name: string) => fleet.workload(name), nowSeconds },
    storage,
    proposals,
    createId,
    onRecorded: () => undefined,
  } as unknown as ActingRouteDeps;
  const app = await testServer([proposalRoute(deps)]);
  closers.push(async () => {
    await app.close();
    await simulate.close();
    await storage.close();
  });
  const propose = (payload: object) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/workloads/shop-0/recommendations',
      headers: { authorization: 'Bearer p' },
      payload,
    });
  return { clock, storage, proposals, propose };
}

const planOf = (...replicas: ReadonlyArray<readonly [at: string, count: number]>) => ({
  name: 'mine',
  replicas: replicas.map(([at, count]) => ({ at, count })),
});

describe('a plan that a person proposes', () => {
  it('is simulated beside what there is now and stored as a recommendation, with who and why', async () => {
    const { storage, propose } = await serve();
    const answer = await propose({ plan: planOf(['0m', 20], ['1h', 25]), reason: 'the sale' });
    assert.equal(answer.statusCode, 201, answer.body);
    const proposal = recommendationSchema.parse(answer.json());
    assert.equal(answer.headers.location, `/api/v1/recommendations/${proposal.id}`);
    assert.match(String(answer.headers.etag), /^"[0-9a-f]{16}"$/);
    assert.deepEqual(
      [proposal.state, proposal.action, proposal.current.replicas, proposal.proposed.replicas, proposal.proposedBy],
      ['proposed', 'raise', 10, 20, 'token:propose']
    );
    assert.deepEqual(proposal.plan.replicas, [
      { at: START, count: 20 },
      { at: START + 3600, count: 25 },
    ]);
    const { committed, reserved, total } = proposal.tiers;
    assert.deepEqual([committed + reserved, total], [25, 25]);
    const { current, proposed } = proposal.expected;
    assert.ok(proposed.cost! > current!.cost!);
    assert.ok(proposed.shortfallProbability <= current!.shortfallProbability);
    assert.match(proposal.reasons[0]!.text, /Proposed by token:propose: the sale/);
    assert.deepEqual(await storage.recommendation(proposal.id), proposal);
    const [decision] = await storage.decisions({ limit: 1 });
    assert.deepEqual([decision?.what, decision?.why, decision?.workload], ['propose', ['the sale'], 'shop-0']);
  });

  it('begins with the replicas of now where its first entry comes later', async () => {
    const { propose } = await serve();
    const later = recommendationSchema.parse((await propose({ plan: planOf(['30m', 12]) })).json());
    assert.deepEqual(later.plan.replicas, [
      { at: START, count: 10 },
      { at: START + 1800, count: 12 },
    ]);
    assert.equal(later.proposed.replicas, 10);
  });

  it('that is too small says so, and lowers', async () => {
    const { propose } = await serve();
    const small = recommendationSchema.parse((await propose({ plan: planOf(['0m', 2]) })).json());
    assert.equal(small.action, 'lower');
    assert.ok(small.expected.proposed.shortfallProbability > small.expected.current!.shortfallProbability);
    assert.ok(small.expected.proposed.firstShortfallAt! > START - 300);
    assert.ok(small.reasons.some(({ code }) => code === 'beyond-risk'));
  });

  it('that is not within the bounds, out of order or beyond the horizon is refused by its field', async () => {
    const { storage, propose } = await serve();
    const cases = [
      [planOf(['0m', 61]), /replicas\[0\]\.count is beyond max 60: 61/],
      [planOf(['0m', 10], ['5m', 0]), /replicas\[1\]\.count is below min/],
      [planOf(['5m', 10], ['5m', 12]), /replicas\[1\]\.at does not come after/],
      [planOf(['2d', 10]), /replicas\[0\]\.at lies after the horizon/],
      [{ ...planOf(['0m', 10]), name: 'recommended' }, /name is taken/],
    ] as const;
    for (const [plan, problem] of cases) {
      const answer = await propose({ plan });
      assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [400, 'PLAN_INVALID']);
      assert.match(answer.json<{ detail: string }>().detail, problem);
    }
    assert.deepEqual(await storage.recommendations({}), []);
    assert.deepEqual(await storage.decisions({ limit: 1 }), []);
  });

  it('is refused where nothing can judge it: replicas that are not known are not taken for none', async () => {
    const view = exampleFleet({ nowSeconds: START }).workload('shop-0')!;
    const unknown = { ...view.replicas!, values: view.replicas!.values.map(() => Number.NaN) };
    const { propose } = await serve({ replicas: unknown });
    const answer = await propose({ plan: planOf(['0m', 12]) });
    assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [422, 'SIMULATION_IMPOSSIBLE']);
  });

  it('says when the forecast that judged it is not fresh', async () => {
    const { propose } = await serve({ health: { state: 'stale', problem: 'it is 2h old', lastSuccessAt: START } });
    const stale = recommendationSchema.parse((await propose({ plan: planOf(['0m', 12]) })).json());
    assert.match(stale.warnings[0]!, /not fresh: it is 2h old/);
  });

  it('expires when it is over, wakes when a snooze is, and leaves what Headroom advised alone', async () => {
    const { clock, storage, proposals, propose } = await serve();
    const proposal = recommendationSchema.parse((await propose({ plan: planOf(['0m', 12]) })).json());
    const { proposedBy, ...advised } = { ...proposal, id: 'advised' };
    assert.ok(proposedBy !== undefined);
    await storage.saveRecommendation(advised);
    const answer = { who: 'ana', at: START, reason: '', until: START + 600 };
    await storage.saveRecommendation({ ...proposal, state: 'snoozed', answer });
    const states = async () =>
      Promise.all([proposal.id, 'advised'].map(async (id) => (await storage.recommendation(id))?.state));
    await proposals.settle();
    assert.deepEqual(await states(), ['snoozed', 'proposed']);
    clock.now = START + 600;
    await proposals.settle();
    assert.deepEqual(await states(), ['proposed', 'proposed']);
    clock.now = proposal.expiresAt;
    await proposals.settle();
    assert.deepEqual(await states(), ['expired', 'proposed']);
  });
});
