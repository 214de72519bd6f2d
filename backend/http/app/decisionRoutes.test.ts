import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { auditReportSchema, decisionsResponseSchema, type Decision } from '../../../contract/index.ts';
import { openSqliteStorage, verifyChain, type Storage } from '../../storage/index.ts';
import { createServer, decisionRoutes } from '../index.ts';

const NOW = 1_795_000_000;
const COUNT = 1203;

describe('decisions over HTTP', () => {
  let storage: Storage;
  let app: FastifyInstance;
  before(async () => {
    storage = await openSqliteStorage({ file: ':memory:' });
    for (let index = 1; index <= COUNT; index++) {
      await storage.appendDecision({
        id: `d${index}`,
        at: NOW + index,
        who: 'alice',
        what: 'approve',
        workload: index % 10 === 0 ? 'search' : 'shop',
        why: [],
        before: null,
        after: { floor: index },
        outcome: 'applied',
      });
    }
    app = await serverOver(storage);
  });
  after(async () => {
    await app.close();
    await storage.close();
  });

  const serverOver = (over: Pick<Storage, 'decisions' | 'decisionRecords'>) =>
    createServer({
      access: { tokens: new Map(), isReadPublic: false },
      version: '0.0.0',
      routes: decisionRoutes({ storage: over, nowSeconds: () => NOW }),
      readiness: () => ({ isReady: true, reasons: [] }),
      plugins: [],
      logger: false,
    });
  const get = (url: string) => app.inject({ url: `/api/v1/decisions${url}`, headers: { host: 'localhost' } });
  const page = async (query: string) => decisionsResponseSchema.parse((await get(`?${query}`)).json());

  it('lists them newest first, page by page, none twice and none left out', async () => {
    const seen: number[] = [];
    let { decisions, next } = await page('limit=100');
    for (; ; { decisions, next } = await page(`limit=100&before=${String(next)}`)) {
      seen.push(...decisions.map(({ seq }) => seq));
      if (next === null) {
        break;
      }
    }
    assert.deepEqual(
      seen,
      Array.from({ length: COUNT }, (_, index) => COUNT - index)
    );
    assert.equal((await page('')).decisions.length, 100);
  });

  it('lists those of a workload and of a time', async () => {
    const { decisions, next } = await page(`workload=search&start=${NOW + 50}&end=${NOW + 100}`);
    assert.deepEqual([decisions.map(({ seq }) => seq), next], [[100, 90, 80, 70, 60, 50], null]);
    assert.deepEqual((await page('workload=none')).decisions, []);
  });

  it('exports the whole chain as lines, or what came after a number', async () => {
    const response = await get('/export');
    assert.match(String(response.headers['content-type']), /^application\/x-ndjson/);
    assert.match(String(response.headers['content-disposition']), /attachment; filename="headroom-decisions.ndjson"/);
    const linesOf = (body: string) =>
      body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Decision);
    const lines = linesOf(response.body);
    const { intact, complete, count } = await verifyChain(lines);
    assert.deepEqual([intact, complete, count], [true, true, COUNT]);
    const rest = linesOf((await get('/export?after=1200')).body);
    assert.deepEqual(rest, lines.slice(1200));
    assert.equal((await get(`/export?after=${COUNT}`)).body, '');
  });

  it('tells whether the chain holds, and whether a hash that was noted is in it', async () => {
    const report = auditReportSchema.parse((await get('/verify')).json());
    const [newest] = await storage.decisions({ limit: 1 });
    assert.deepEqual([report.intact, report.count, report.head], [true, COUNT, newest!.hash]);
    assert.equal((await get(`/verify?head=${newest!.hash}`)).json<{ intact: boolean }>().intact, true);
    assert.equal((await get(`/verify?head=${'a'.repeat(64)}`)).json<{ intact: boolean }>().intact, false);
  });

  for (const query of ['?limit=0', '?limit=1001', '?before=0', '?start=x', '/export?after=-1', '/verify?head=1']) {
    it(`refuses ${query}`, async () => {
      const response = await get(query);
      assert.deepEqual([response.statusCode, response.json<{ code: string }>().code], [400, 'API_PARAMETER_INVALID']);
    });
  }

  it('has no way to change or delete one', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      for (const path of ['', '/export', '/verify']) {
        const url = `/api/v1/decisions${path}`;
        assert.equal((await app.inject({ method, url, headers: { host: 'localhost' } })).statusCode, 405);
      }
    }
  });

  it('says so where the storage fails, before or amid the lines', async () => {
    const failing = (pages: number) =>
      serverOver({
        decisions: () => Promise.reject(new Error('a secret inside')),
        decisionRecords: (afterSeq, limit) =>
          afterSeq / limit >= pages
            ? Promise.reject(new Error('a secret inside'))
            : storage.decisionRecords(afterSeq, limit),
      });
    const headers = { host: 'localhost' };
    const none = await failing(0);
    for (const path of ['', '/export', '/verify']) {
      const response = await none.inject({ url: `/api/v1/decisions${path}`, headers });
      assert.equal(response.statusCode, 500, path);
      assert.ok(!response.body.includes('a secret inside'));
    }
    await none.close();
    const amid = await failing(1);
    await assert.rejects(amid.inject({ url: '/api/v1/decisions/export', headers }));
    await amid.close();
  });
});
