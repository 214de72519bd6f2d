import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { statusSchema, type WorkloadsFile } from '../contract/index.ts';
import { scoreTruths } from './learning/index.ts';
import { loopback, type Loopback } from './sources/http/loopback.fixture.ts';
import { fakePrometheus } from './sources/prometheus/fakePrometheus.fixture.ts';
import type { ScoreRow } from './storage/index.ts';
import { Database } from './storage/sqlite/database.ts';
import { openSqliteStorage } from './storage/sqlite/openSqliteStorage.ts';
import { SqliteStorage } from './storage/sqlite/sqliteStorage.ts';
import { startVirtualSidecar, type VirtualSidecar } from './virtualSidecar.fixture.ts';

const MINUTE = 60;
const HOUR = 3600;
const START = 1_790_000_000 - (1_790_000_000 % HOUR);
/** From here on the load is a quarter of what it was, so that less would be advised if it were seen. */
const DROP = START + 11 * MINUTE;

function load(time: number): number {
  const wave = 400 + 60 * Math.sin((2 * Math.PI * time) / HOUR) + ((Math.floor(time / MINUTE) * 7919) % 17);
  return time >= DROP ? wave / 4 : wave;
}

/** A Prometheus that can be stopped: then every connection to it is cut. */
async function stoppablePrometheus(): Promise<Loopback & { isUp: boolean; isHanging: boolean; isEmpty: boolean }> {
  const answer = fakePrometheus({
    requests: [{ metric: {}, at: (time) => String(load(time)) }],
    replicas: [{ metric: {}, at: () => '12' }],
  });
  const empty = fakePrometheus({});
  const server = await loopback((body, response, request) => {
    if (made.isHanging) {
      return;
    }
    if (made.isUp) {
      (made.isEmpty ? empty : answer)(body, response, request);
    } else {
      request.socket.destroy();
    }
  });
  const made = { ...server, isUp: true, isHanging: false, isEmpty: false };
  return made;
}

function workloadOn(source: string, name: string): WorkloadsFile['workloads'][number] {
  return {
    name,
    source,
    activity: { requests: { query: 'requests', unit: 'reqps' } },
    capacity: { replicas: { query: 'replicas' }, perReplica: 40 },
    forecast: { step: '1m', horizon: '1h', history: '8h' },
    scaling: { leadTime: '3m' },
  };
}

function declared(...prometheus: ReadonlyArray<readonly [name: string, url: string]>): WorkloadsFile {
  return {
    sources: prometheus.map(([name, url]) => ({ name, type: 'prometheus', url })),
    workloads: prometheus.map(([name]) => workloadOn(name, `on-${name}`)),
  };
}

async function passMinutes(sidecar: VirtualSidecar, minutes: number, each: () => void = () => undefined) {
  for (let minute = 0; minute < minutes; minute++) {
    sidecar.nowSeconds += MINUTE;
    await sidecar.turn();
    each();
  }
}

interface QueryAnswer {
  readonly data: { readonly result: ReadonlyArray<{ readonly value: readonly [number, string] }> };
  readonly warnings?: readonly string[];
}

/** The median ten minutes ahead, as a dashboard asks for it. */
function askAhead(sidecar: VirtualSidecar, workload: string, time: number): Promise<QueryAnswer> {
  const query = `headroom_forecast{workload="${workload}",quantile="0.5"}`;
  const parameters = new URLSearchParams({ query, time: String(time) });
  return sidecar.get<QueryAnswer>(`/prometheus/api/v1/query?${parameters.toString()}`);
}

const statusOf = async (sidecar: VirtualSidecar) => statusSchema.parse(await sidecar.get('/api/v1/status'));

function counts(rows: readonly ScoreRow[]): Record<string, number> {
  const entries = rows.map(
    ({ series, model, lead, count, inside80 }) => [`${series} ${model} ${lead} ${inside80}`, count] as const
  );
  return Object.fromEntries(entries);
}

describe('a Prometheus that is stopped for ten minutes', () => {
  it('has its forecasts held and marked, is read up when it is back, and disturbs nobody else', async () => {
    const [failing, sound, twin] = [
      await stoppablePrometheus(),
      await stoppablePrometheus(),
      await stoppablePrometheus(),
    ];
    const sidecar = await startVirtualSidecar({
      declared: declared(['failing', failing.url], ['sound', sound.url]),
      nowSeconds: START,
    });
    const alone = await startVirtualSidecar({ declared: declared(['sound', twin.url]), nowSeconds: START });
    try {
      await sidecar.turn();
      await alone.turn();
      await passMinutes(sidecar, 10);
      await passMinutes(alone, 10);
      const before = sidecar.view('on-failing');
      const floor = before.recommendation?.proposed.replicas;
      assert.ok(before.health.state === 'ok' && floor !== undefined);
      const ahead = sidecar.nowSeconds + 15 * MINUTE;
      const foreseen = await askAhead(sidecar, 'on-failing', ahead);
      assert.equal(foreseen.data.result.length, 1);
      assert.deepEqual(foreseen.warnings ?? [], []);

      failing.isUp = false;
      let heldTurns = 0;
      await passMinutes(sidecar, 10, () => {
        const held = sidecar.view('on-failing');
        assert.equal(held.outlook, before.outlook);
        assert.equal(held.health.state, 'failing');
        assert.match(held.health.problem ?? '', /Source failing cannot be reached/);
        assert.match(held.warnings.join(), /Held: no series could be read/);
        assert.equal(held.recommendation?.proposed.replicas, floor, 'nothing lower is advised');
        assert.equal(sidecar.view('on-sound').health.state, 'ok');
        assert.equal(sidecar.view('on-sound').outlook?.issuedAtSeconds, sidecar.nowSeconds);
        heldTurns++;
      });
      assert.equal(heldTurns, 10);
      const told = await askAhead(sidecar, 'on-failing', ahead);
      assert.deepEqual(told.data, foreseen.data, 'what was foreseen is still served');
      assert.match((told.warnings ?? []).join(), /on-failing is failing: Source failing cannot be reached/);
      const { sources, errors } = await statusOf(sidecar);
      assert.deepEqual(
        sources.map(({ name, health }) => [name, health.state]),
        [
          ['failing', 'failing'],
          ['sound', 'ok'],
        ]
      );
      assert.ok(errors.some(({ code }) => code === 'SOURCE_UNREACHABLE'));

      failing.isUp = true;
      await passMinutes(sidecar, 45);
      await passMinutes(alone, 55);
      const after = sidecar.view('on-failing');
      assert.equal(after.health.state, 'ok');
      const requests = after.actual.get('requests')!;
      assert.ok(
        requests.values.every((value) => !Number.isNaN(value)),
        'the minutes it was stopped are read'
      );
      assert.ok(after.recommendation!.proposed.replicas < floor, 'what it did not see then, it advises now');
      assert.deepEqual(sidecar.view('on-sound').outlook, alone.view('on-sound').outlook);
      assert.deepEqual(
        (await askAhead(sidecar, 'on-sound', ahead)).data,
        (await askAhead(alone, 'on-sound', ahead)).data
      );

      const scoredUntil = (await sidecar.storage.scoredUntil('on-failing'))!;
      assert.equal(scoredUntil, START + HOUR, 'the whole hour');
      const outlooks = await sidecar.storage.wholeOutlooks('on-failing', 0, scoredUntil);
      const atOnce = scoreTruths(outlooks, after.actual, 0, scoredUntil);
      assert.deepEqual(counts(await sidecar.storage.scores('on-failing', 0)), counts(atOnce));
      const scored = atOnce.reduce((sum, { count }) => sum + count, 0);
      assert.equal(scored, (scoredUntil - START) / MINUTE, 'each minute once, those of the outage too');
    } finally {
      await Promise.all([sidecar.close(), alone.close()]);
      await Promise.all([failing.close(), sound.close(), twin.close()]);
    }
  });

  it('holds up only its own workloads while it does not even answer', async () => {
    const [hanging, sound] = [await stoppablePrometheus(), await stoppablePrometheus()];
    const sidecar = await startVirtualSidecar({
      declared: declared(['hanging', hanging.url], ['sound', sound.url]),
      nowSeconds: START,
    });
    try {
      await sidecar.turn();
      hanging.isHanging = true;
      sidecar.nowSeconds += MINUTE;
      const waiting = sidecar.turn('on-hanging');
      await sidecar.turn('on-sound');
      assert.equal(sidecar.view('on-sound').outlook?.issuedAtSeconds, sidecar.nowSeconds);
      assert.equal(sidecar.view('on-hanging').outlook?.issuedAtSeconds, START);
      await hanging.close();
      await waiting;
      assert.equal(sidecar.view('on-hanging').health.state, 'failing');
    } finally {
      await sidecar.close();
      await Promise.all([hanging.close(), sound.close()]);
    }
  });
});

describe('a Prometheus that lost its data and answers with nothing', () => {
  it('is not taken for an idle service: what was known stands, nothing lower is advised, and the warnings say why', async () => {
    const prometheus = await stoppablePrometheus();
    const sidecar = await startVirtualSidecar({ declared: declared(['prom', prometheus.url]), nowSeconds: START });
    try {
      await sidecar.turn();
      const floor = sidecar.view('on-prom').recommendation!.proposed.replicas;
      prometheus.isEmpty = true;
      await passMinutes(sidecar, 10, () => {
        const { health, recommendation, outlook, warnings } = sidecar.view('on-prom');
        assert.match(warnings.join(), /requests: the query returns no series/);
        assert.ok(outlook!.series[0]!.mean.at(-1)! > 100, 'not a forecast of nothing');
        assert.ok((recommendation?.proposed.replicas ?? floor) >= floor);
        assert.notEqual(recommendation?.action, 'lower');
        assert.equal(health.state, 'stale');
        assert.match(health.problem ?? '', /replicas are unknown/);
      });
    } finally {
      await sidecar.close();
      await prometheus.close();
    }
  });
});

describe('a clock that jumps', () => {
  it('three hours ahead and back again is borne: forecasts go on from the new time, no truth counts twice', async () => {
    const prometheus = await stoppablePrometheus();
    const sidecar = await startVirtualSidecar({ declared: declared(['prom', prometheus.url]), nowSeconds: START });
    try {
      await sidecar.turn();
      await passMinutes(sidecar, 5);
      let furthest = sidecar.view('on-prom').actual;
      for (const jump of [3 * HOUR, -3 * HOUR]) {
        furthest = sidecar.view('on-prom').actual;
        sidecar.nowSeconds += jump;
        await passMinutes(sidecar, 3, () => {
          const { health, outlook, actual } = sidecar.view('on-prom');
          assert.equal(health.state, 'ok');
          assert.equal(outlook?.issuedAtSeconds, sidecar.nowSeconds);
          assert.ok(actual.get('requests')!.values.every((value) => !Number.isNaN(value)));
        });
      }
      const outlooks = await sidecar.storage.wholeOutlooks('on-prom', 0, 1e11);
      const scoredUntil = (await sidecar.storage.scoredUntil('on-prom'))!;
      assert.equal(scoredUntil, START + 3 * HOUR, 'the mark does not go back');
      const atOnce = scoreTruths(outlooks, furthest, 0, scoredUntil);
      assert.deepEqual(counts(await sidecar.storage.scores('on-prom', 0)), counts(atOnce));
    } finally {
      await sidecar.close();
      await prometheus.close();
    }
  });
});

describe('a database file that becomes read-only', () => {
  /** A storage with the connection beneath it: `query_only` does to it what a read-only volume does, for root too. */
  async function openWithConnection(context: TestContext) {
    const directory = mkdtempSync(join(tmpdir(), 'headroom-outage-'));
    const file = join(directory, 'headroom.db');
    await (await openSqliteStorage({ file })).close();
    const connection = new DatabaseSync(file);
    context.after(() => {
      rmSync(directory, { recursive: true, force: true });
    });
    return { storage: new SqliteStorage(new Database(connection, file)), connection, file };
  }

  it('costs the record, not the forecast: it goes on in memory, says so, and keeps again when it can', async (t) => {
    const prometheus = await stoppablePrometheus();
    const begun = START + HOUR - 3 * MINUTE;
    const { storage, connection, file } = await openWithConnection(t);
    const sidecar = await startVirtualSidecar({
      declared: declared(['prom', prometheus.url]),
      nowSeconds: begun,
      storage,
    });
    try {
      await sidecar.turn();
      const kept = (await storage.latestOutlook('on-prom'))!;
      assert.equal((await statusOf(sidecar)).storage.problem, null);

      connection.exec('PRAGMA query_only = ON');
      await passMinutes(sidecar, 5);
      const view = sidecar.view('on-prom');
      assert.equal(view.health.state, 'ok');
      assert.equal(view.outlook?.issuedAtSeconds, sidecar.nowSeconds);
      assert.match(view.warnings.join(), /Not kept, so lost at a restart: .*headroom\.db: cannot be written/);
      assert.equal((await askAhead(sidecar, 'on-prom', sidecar.nowSeconds + 10 * MINUTE)).data.result.length, 1);
      const { storage: told, errors } = await statusOf(sidecar);
      assert.ok(told.problem?.includes(`${file}: cannot be written`), String(told.problem));
      assert.ok(errors.some(({ code }) => code === 'STORAGE_READ_ONLY'));
      assert.equal((await storage.latestOutlook('on-prom'))?.issuedAtSeconds, kept.issuedAtSeconds);

      connection.exec('PRAGMA query_only = OFF');
      await passMinutes(sidecar, 1);
      assert.equal((await storage.latestOutlook('on-prom'))?.issuedAtSeconds, sidecar.nowSeconds);
      assert.equal((await statusOf(sidecar)).storage.problem, null);
      assert.doesNotMatch(sidecar.view('on-prom').warnings.join(), /Not kept/);
      assert.equal(await storage.scoredUntil('on-prom'), START + HOUR, 'what came true meanwhile is scored');
      const scored = (await storage.scores('on-prom', 0)).reduce((sum, { count }) => sum + count, 0);
      assert.equal(scored, (START + HOUR - begun) / MINUTE);
    } finally {
      await sidecar.close();
      await prometheus.close();
    }
  });

  it('with damaged records starts all the same, without them, and says so', async (t) => {
    const prometheus = await stoppablePrometheus();
    const { storage, connection } = await openWithConnection(t);
    const options = { declared: declared(['prom', prometheus.url]), nowSeconds: START, storage };
    const first = await startVirtualSidecar(options);
    try {
      await first.turn();
      connection.exec(`UPDATE outlook SET body = x'010203'; UPDATE recommendation SET body = '{}'`);
      const again = await startVirtualSidecar({ ...options, nowSeconds: START + MINUTE });
      assert.equal(again.view('on-prom').outlook, undefined);
      assert.equal(again.view('on-prom').recommendation, undefined);
      assert.deepEqual(
        again.events.map(({ code }) => code),
        ['STORAGE_RECORD_INVALID', 'STORAGE_RECORD_INVALID']
      );
      await again.turn();
      assert.equal(again.view('on-prom').health.state, 'ok');
      assert.equal((await storage.latestOutlook('on-prom'))?.issuedAtSeconds, START + MINUTE);
      await again.app.close();
      await again.fleet.close();
    } finally {
      await first.close();
      await prometheus.close();
    }
  });
});
