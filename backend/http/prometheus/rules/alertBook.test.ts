import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HeadroomError } from '../../../errors/index.ts';
import { LabelSet, MemorySamples } from '../../../promql/index.ts';
import { AlertBook, type ActiveAlert } from './alertBook.ts';
import type { AlertRule } from './alertRules.ts';
import { expandTemplate } from './expandTemplate.ts';

const RULE: AlertRule = {
  alert: 'High',
  expr: 'load > 10',
  for: '2m',
  keep_firing_for: '3m',
  labels: { severity: 'warning' },
  annotations: { summary: '{{ $labels.workload }} is at {{ $value | humanize }}' },
};
const MINUTE = 60_000;

/** A book over a load by minutes, and what it holds after each of them. */
async function after(values: readonly number[], rule = RULE): Promise<Array<readonly ActiveAlert[]>> {
  const samples = new MemorySamples();
  samples.store(LabelSet.from({ __name__: 'load', workload: 'shop' }), {
    timestamps: Float64Array.from(values, (_, minute) => minute * MINUTE),
    values: Float64Array.from(values),
  });
  const book = new AlertBook([{ name: 'g', interval: '1m', rules: [rule] }], (work) => work(samples, {}));
  const held: Array<readonly ActiveAlert[]> = [];
  for (const minute of values.keys()) {
    await book.evaluateDue(minute * MINUTE);
    held.push(book.groups[0]!.rules[0]!.alerts);
  }
  return held;
}

const states = (held: ReadonlyArray<readonly ActiveAlert[]>) => held.map((alerts) => alerts[0]?.state);

describe('the alert book', () => {
  it('waits as long as the rule says before it fires', async () => {
    const held = await after([1, 20, 1200, 30]);
    assert.deepEqual(states(held), [undefined, 'pending', 'pending', 'firing']);
    assert.deepEqual(held[2], [
      {
        labels: { workload: 'shop', severity: 'warning', alertname: 'High' },
        annotations: { summary: 'shop is at 1.2k' },
        state: 'pending',
        activeAtMs: MINUTE,
        value: 1200,
      },
    ]);
  });

  it('forgets what was pending and no longer holds', async () => {
    assert.deepEqual(states(await after([20, 20, 1, 20, 20])), ['pending', 'pending', undefined, 'pending', 'pending']);
  });

  it('goes on firing for a while, so that one forecast that differs does not resolve it', async () => {
    assert.deepEqual(states(await after([20, 20, 20, 1, 1, 20, 1, 1, 1, 1])), [
      'pending',
      'pending',
      ...Array.from({ length: 7 }, () => 'firing'),
      undefined,
    ]);
  });

  it('fires at once where the rule waits for nothing, and forgets at once', async () => {
    const brief = { ...RULE, keep_firing_for: '0s' };
    assert.deepEqual(states(await after([20, 1], { ...brief, for: '0s' })), ['firing', undefined]);
  });

  it('keeps what held while it cannot be evaluated, and says why', async () => {
    let fails = false;
    const samples = new MemorySamples();
    samples.store(LabelSet.from({ __name__: 'load', workload: 'shop' }), {
      timestamps: Float64Array.of(0),
      values: Float64Array.of(20),
    });
    const book = new AlertBook([{ name: 'g', interval: '1m', rules: [RULE] }], async (work) => {
      if (fails) {
        throw new HeadroomError('PROMQL_TIMEOUT', { where: 'query queue' });
      }
      return await work(samples, {});
    });
    await book.evaluateDue(0);
    fails = true;
    await book.evaluateDue(2 * MINUTE);
    const failed = book.groups[0]!.rules[0]!;
    assert.equal(failed.alerts[0]?.state, 'pending');
    assert.match(failed.lastError ?? '', /timed out/);
    fails = false;
    await book.evaluateDue(4 * MINUTE);
    const healed = book.groups[0]!.rules[0]!;
    assert.equal(healed.alerts[0]?.state, 'firing');
    assert.equal(healed.lastError, undefined);
  });

  it('evaluates once in an interval, however often and however many at once ask', async () => {
    let count = 0;
    const book = new AlertBook([{ name: 'g', interval: '1m', rules: [RULE] }], (work) => {
      count++;
      return work(new MemorySamples(), {});
    });
    await Promise.all([book.evaluateDue(0), book.evaluateDue(0), book.evaluateDue(1)]);
    await book.evaluateDue(MINUTE - 1);
    assert.equal(count, 1);
    await book.evaluateDue(MINUTE);
    assert.equal(count, 2);
    await book.evaluateDue(0);
    assert.equal(count, 3, 'a clock that was set back does not stop it');
  });
});

describe('expandTemplate', () => {
  it("writes values as Prometheus' templates do", () => {
    const cases = [
      ['{{ $value }}', 0.25, '0.25'],
      ['{{$value|humanize}}', 1_234_567, '1.235M'],
      ['{{ $value | humanizePercentage }}', 0.123456, '12.35%'],
      ['{{ $value | humanizeDuration }}', 93_784, '1d 2h 3m 4s'],
      ['{{ $value | humanizeDuration }}', 59.9, '59s'],
      ['{{ $value | humanizeTimestamp }}', 1_767_225_600, '2026-01-01 00:00:00 +0000 UTC'],
      ['{{ $value | humanizeTimestamp }}', 1e300, '1e+300'],
      ['{{ $value | humanize }}', Infinity, '+Inf'],
      ['{{ $labels.a }} and {{ $labels.none }}.', 1, 'x and .'],
    ] as const;
    for (const [text, value, expected] of cases) {
      assert.equal(expandTemplate(text, { a: 'x' }, value), expected, `${text} of ${value}`);
    }
  });
});
