import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import type { TargetEntry } from '../../../contract/index.ts';
import { targetExam } from '../../exams/target.ts';
import type { HeadroomError } from '../../errors/index.ts';
import { WebhookTarget } from './webhookTarget.ts';
import { NOW, SECRET, TOKEN, webhookDeps, webhookWorld } from './webhookWorld.fixture.ts';

const { signal } = new AbortController();

const CHANGE = {
  action: 'a-1',
  fence: 3,
  set: { floor: 9 },
  holdUntilSeconds: NOW + 900,
  reason: 'the sale begins',
} as const;

const UNREAD = 'it cannot be asked what it holds: what this process asked of it last is all that is known';

targetExam('a webhook that can be read', () => webhookWorld({ isRead: true, dryRun: true }));

targetExam('a webhook that cannot be read', () => webhookWorld({ isRead: false }), {
  reading: UNREAD,
  'new process': UNREAD,
  versions: UNREAD,
  'set by hand': UNREAD,
  garbage: 'of the answer to a change only the status counts',
});

interface Served {
  readonly target: WebhookTarget;
  readonly waits: readonly number[];
  readonly requests: ReadonlyArray<{ headers: Record<string, unknown>; body: string; path: string }>;
}

/** A webhook at a server whose requests `answers` in turn, the last one again and again. */
async function served(
  answers: readonly RequestListener[],
  use: (served: Served) => Promise<void>,
  more: (url: string) => Partial<Extract<TargetEntry, { kind: 'webhook' }>> = () => ({})
): Promise<void> {
  const requests: Array<Served['requests'][number]> = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push({ headers: request.headers, body, path: request.url ?? '' });
      answer?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const deps = webhookDeps();
  const entry = { kind: 'webhook', url, secretEnv: 'WEBHOOK_SECRET', ...more(url) } as const;
  const target = new WebhookTarget({ workload: 'checkout', entry, min: 2, max: 30 }, deps);
  try {
    await use({ target, waits: deps.waits, requests });
  } finally {
    await target.close();
    server.closeAllConnections();
    server.close();
  }
}

const answering =
  (status: number, headers: Record<string, string> = {}, body = '{}'): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

describe('what a webhook sends', () => {
  test('is the change in full, signed over timestamp and body, with the action as its key', () =>
    served(
      [answering(204)],
      async ({ target, requests }) => {
        await target.apply(CHANGE, signal);
        const [request] = requests;
        assert.ok(request);
        assert.deepEqual(JSON.parse(request.body), {
          action: 'a-1',
          fence: 3,
          workload: 'checkout',
          restore: false,
          floor: 9,
          original: { floor: 2 },
          holdUntil: new Date((NOW + 900) * 1000).toISOString(),
          reason: 'the sale begins',
          current: { floor: 2 },
          at: new Date(NOW * 1000).toISOString(),
        });
        const { headers } = request;
        assert.equal(headers['idempotency-key'], 'a-1');
        assert.equal(headers['headroom-timestamp'], String(NOW));
        assert.equal(headers['authorization'], `Bearer ${TOKEN}`);
        assert.equal(headers['x-team'], 'shop');
        const hex = createHmac('sha256', SECRET).update(`${NOW}.${request.body}`).digest('hex');
        assert.equal(headers['headroom-signature'], `v1=${hex}`);
      },
      () => ({ tokenEnv: 'WEBHOOK_TOKEN', headers: { 'X-Team': 'shop' } })
    ));

  test('is the same to the byte at each try, and waits longer each time, as long as it is asked to', () =>
    served([answering(503), answering(429, { 'retry-after': '7' }), answering(200)], async (at) => {
      await at.target.apply(CHANGE, signal);
      assert.equal(at.requests.length, 3);
      assert.equal(new Set(at.requests.map(({ body }) => body)).size, 1);
      assert.equal(new Set(at.requests.map(({ headers }) => headers['idempotency-key'])).size, 1);
      assert.deepEqual(at.waits, [0.25, 7]);
    }));

  test('ends after three tries, and at once where the wait asked for is too long', () =>
    served([answering(503), answering(503), answering(503), answering(429, { 'retry-after': '3600' })], async (at) => {
      await assert.rejects(at.target.apply(CHANGE, signal), { code: 'TARGET_FAILED' });
      assert.equal(at.requests.length, 3);
      await assert.rejects(at.target.apply(CHANGE, signal), { code: 'TARGET_THROTTLED' });
      assert.equal(at.requests.length, 4);
    }));

  test('gives back what an earlier process may have left, once', () =>
    served([answering(200)], async ({ target, requests }) => {
      await target.apply({ ...CHANGE, set: 'original' }, signal);
      await target.apply({ ...CHANGE, set: 'original' }, signal);
      assert.deepEqual(
        requests.map(({ body }) => (JSON.parse(body) as { restore: boolean; floor: number }).restore),
        [true]
      );
    }));

  test('asks for a dry run under another key, only where the entry says that there is one', async () => {
    await served(
      [answering(200)],
      async ({ target, requests }) => {
        const { dryRun, differences } = await target.preview(CHANGE, signal);
        assert.deepEqual(differences, [{ path: 'floor', before: 2, after: 9 }]);
        assert.equal(dryRun.kind, 'accepted');
        assert.deepEqual(
          requests.map(({ path, headers }) => [path, headers['idempotency-key']]),
          [['/hook?dryRun=true', 'a-1.dry-run']]
        );
      },
      () => ({ dryRun: true })
    );
    await served([answering(200)], async ({ target, requests }) => {
      assert.equal((await target.preview(CHANGE, signal)).dryRun.kind, 'unsupported');
      assert.equal(requests.length, 0);
    });
  });
});

describe('a webhook that answers', () => {
  test('no after it may have done it is in doubt, not refused', () =>
    served([answering(500), answering(422)], async ({ target }) => {
      await assert.rejects(target.apply(CHANGE, signal), (error: HeadroomError) => {
        assert.equal(error.code, 'TARGET_FAILED');
        assert.match(error.message, /may have done/);
        return true;
      });
    }));

  test('a redirect is not followed, and only its origin is told', () =>
    served(
      [answering(307, { location: 'https://elsewhere.example/secret-path?x=1' })],
      async ({ target, requests }) => {
        await assert.rejects(target.apply(CHANGE, signal), (error: HeadroomError) => {
          assert.equal(error.code, 'TARGET_SETTINGS_INVALID');
          assert.match(error.message, /https:\/\/elsewhere\.example,/);
          assert.doesNotMatch(error.message, /secret-path/);
          return true;
        });
        assert.equal(requests.length, 1);
      }
    ));

  test('yes is done, whatever it goes on to say', () =>
    served(
      [
        (_, response) => {
          response.writeHead(200);
          response.write('x'.repeat(100));
        },
      ],
      async ({ target }) => {
        await target.apply(CHANGE, signal);
        assert.equal((await target.read(signal)).mark?.action, 'a-1');
      }
    ));

  test('fenced is told apart from a conflict', () =>
    served([answering(409, {}, '{"code":"fenced"}'), answering(409, {}, '{"code":["fenced"]}')], async ({ target }) => {
      await assert.rejects(target.apply(CHANGE, signal), { code: 'TARGET_FENCED' });
      await assert.rejects(target.apply(CHANGE, signal), { code: 'TARGET_CONFLICT' });
    }));

  for (const [what, body] of [
    ['half a document', '{"floor": 2'],
    ['another shape', '{"floor": "2"}'],
    ['a floor below nothing', '{"floor": -1}'],
    ['a mark without the original', '{"floor": 9, "held": {"action": "a", "fence": 1, "floor": 9}}'],
    ['more than it may', `{"floor": 2, "x": "${'x'.repeat(70_000)}"}`],
    ['nothing', ''],
  ] as const) {
    test(`${what} when read is TARGET_FAILED, and nothing is sent`, () =>
      served(
        [answering(200, {}, body)],
        async ({ target, requests }) => {
          await assert.rejects(target.apply(CHANGE, signal), { code: 'TARGET_FAILED' });
          assert.equal(requests.length, 1);
        },
        (url) => ({ read: { url } })
      ));
  }
});

describe('a webhook', () => {
  test('without its secret says which variable is missing', () =>
    served(
      [answering(200)],
      async ({ target, requests }) => {
        await assert.rejects(target.apply(CHANGE, signal), {
          code: 'TARGET_SETTINGS_INVALID',
          message: /NOT_THERE is not set/,
        });
        assert.equal(requests.length, 0);
      },
      () => ({ secretEnv: 'NOT_THERE' })
    ));

  test('never connects to where clouds hand out credentials', async () => {
    for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '0xA9FEA9FE', '[fe80::1]', '100.100.100.200']) {
      const entry = { kind: 'webhook', url: `http://${host}/latest` } as const;
      const target = new WebhookTarget({ workload: 'w', entry, min: 1, max: 9 }, webhookDeps());
      await assert.rejects(target.apply(CHANGE, signal), { code: 'TARGET_SETTINGS_INVALID' }, host);
      await target.close();
    }
  });

  test('whose change has no fit id or instant is refused before anything is sent', () =>
    served([answering(200)], async ({ target, requests }) => {
      for (const bad of [{ action: 'a\r\nx: y' }, { action: '' }, { holdUntilSeconds: Number.NaN }]) {
        await assert.rejects(target.apply({ ...CHANGE, ...bad }, signal), { code: 'TARGET_REFUSED' });
      }
      assert.equal(requests.length, 0);
    }));
});
