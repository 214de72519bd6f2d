import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';
import { calendarFeatures, localSeconds } from './index.ts';

const at = (text: string): number => Date.parse(text) / 1000;

function gridFrom(text: string, length: number, stepSeconds = 3600): TimeGrid {
  return { startSeconds: at(text), stepSeconds, length };
}

describe('localSeconds', () => {
  it('is what the zone’s own format says, at any instant and step', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
      'Africa/Casablanca',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('1975-01-01T00:00Z'), max: at('2035-01-01T00:00Z') }),
        fc.constantFrom(60, 300, 1000, 3600, 43_200, 86_400, 604_800),
        (timeZone, startSeconds, stepSeconds) => {
          const grid = { startSeconds, stepSeconds, length: 40 };
          const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
          localSeconds(grid, timeZone).forEach((local, i) => {
            const shown = at(`${format.format(timeAt(grid, i) * 1000).replace(' ', 'T')}Z`);
            assert.equal(local, shown);
          });
        }
      )
    );
  });

  it('is finite for instants of any year', () => {
    for (const startSeconds of [-8.64e12, -1e11, 2e11, 8.6e12]) {
      const grid = { startSeconds, stepSeconds: 3600, length: 30 };
      assert.ok(localSeconds(grid, 'Europe/Berlin').every(Number.isFinite));
    }
  });

  it('refuses a zone that does not exist', () => {
    assert.throws(() => localSeconds(gridFrom('2026-01-01T00:00Z', 2), 'Mars/Olympus'), RangeError);
  });
});

describe('calendarFeatures', () => {
  it('counts the hours of the account’s clock: one is left out in spring and one comes twice in autumn', () => {
    const hours = (grid: TimeGrid): number[] => [
      ...calendarFeatures(grid, { timeZone: 'Europe/Berlin' }).get('hour_of_day')!.values,
    ];
    assert.deepEqual(hours(gridFrom('2026-03-28T23:00Z', 5)), [0, 1, 3, 4, 5]);
    assert.deepEqual(hours(gridFrom('2026-10-24T22:00Z', 6)), [0, 1, 2, 2, 3, 4]);
    assert.deepEqual(hours(gridFrom('2026-10-25T00:30Z', 3, 1800)), [2.5, 2, 2.5]);
  });

  it('begins days and weeks where the account lives', () => {
    const grid = gridFrom('2026-11-22T12:00Z', 2);
    const tokyo = calendarFeatures(grid, { timeZone: 'Asia/Tokyo' });
    const utc = calendarFeatures(grid);
    assert.deepEqual([...tokyo.get('day_of_week')!.values], [7, 7]);
    assert.equal(tokyo.get('hour_of_day')!.values[0], 21);
    const later = gridFrom('2026-11-22T15:00Z', 1);
    assert.equal(calendarFeatures(later, { timeZone: 'Asia/Tokyo' }).get('is_weekend')!.values[0], 0);
    assert.equal(calendarFeatures(later).get('is_weekend')!.values[0], 1);
    assert.equal(utc.get('day_sin')!.values[0]! < 1e-12, true);
  });

  it('time of day, week and year go round: on the circle, and the same a week later', () => {
    const grid = gridFrom('2020-01-01T00:00Z', 500, 5000);
    const features = calendarFeatures(grid);
    const later = calendarFeatures({ ...grid, startSeconds: grid.startSeconds + 604_800 });
    for (const clock of ['day', 'week', 'year']) {
      const [sin, cos] = ['sin', 'cos'].map((part) => features.get(`${clock}_${part}`)!.values);
      sin!.forEach((value, i) => {
        assert.ok(Math.abs(value ** 2 + cos![i]! ** 2 - 1) < 1e-12);
        assert.ok(clock === 'year' || Math.abs(later.get(`${clock}_sin`)!.values[i]! - value) < 1e-9);
      });
    }
  });

  it('an event is the share of the step that it takes; the same name again is the same feature', () => {
    const events = [
      { name: 'sale', startSeconds: at('2026-11-27T00:00Z'), endSeconds: at('2026-11-27T01:30Z') },
      { name: 'sale', startSeconds: at('2026-11-27T04:00Z'), endSeconds: at('2026-11-27T05:00Z') },
      { name: 'audit', startSeconds: at('2026-11-20T00:00Z'), endSeconds: at('2026-11-21T00:00Z') },
    ];
    const features = calendarFeatures(gridFrom('2026-11-26T23:00Z', 7), { events });
    assert.deepEqual([...features.get('event_sale')!.values], [0, 1, 0.5, 0, 0, 1, 0]);
    assert.deepEqual([...features.get('event_audit')!.values], [0, 0, 0, 0, 0, 0, 0]);
    const daily = calendarFeatures(gridFrom('2026-11-26T00:00Z', 2, 86_400), { events });
    const [none, some] = daily.get('event_sale')!.values;
    assert.ok(none === 0 && Math.abs(some! - 2.5 / 24) < 1e-12);
  });
});
