import fc from 'fast-check';
import { formatDuration } from './formatDuration';
import { formatMinutes } from './formatMinutes';
import { formatMoney } from './formatMoney';
import { formatProbability } from './formatProbability';
import { formatReplicas } from './formatReplicas';
import { valueFormatter } from './valueFormatter';

describe('formatProbability', () => {
  it.each([
    [null, '–'],
    [undefined, '–'],
    [Number.NaN, '–'],
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.004, '0.4%'],
    [0.04, '4%'],
    [0.9949, '99.5%'],
    [0.99951, '>99.9%'],
    [1, '100%'],
  ])('writes %p as %p', (probability, text) => {
    expect(formatProbability(probability)).toBe(text);
  });

  it('never calls the possible impossible, nor the uncertain certain', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (probability) => {
        expect(['0%', '100%']).not.toContain(formatProbability(probability));
      })
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.4, '0s'],
    [45, '45s'],
    [60, '1min'],
    [3600, '1h'],
    [11_980, '3h 20min'],
    [3599, '1h'],
    [86_400 + 3600, '1d 1h'],
    [86_400 + 60, '1d'],
    [-120, '2min'],
  ])('writes %p seconds as %p', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatMoney', () => {
  it.each([
    [null, 'USD', '–'],
    [0, 'USD', '$0.00'],
    [1.2, 'USD', '$1.20'],
    [0.1, 'USD', '$0.10'],
    [0.00123, 'USD', '$0.0012'],
    [1234.5, 'USD', '$1,235'],
    [-3, 'USD', '-$3.00'],
    [5, 'no currency', '5.00 no currency'],
  ])('writes %p %p as %p', (amount, currency, text) => {
    expect(formatMoney(amount, currency)).toBe(text);
  });
});

describe('valueFormatter', () => {
  it.each([
    ['reqps', 617.4, '617 req/s'],
    ['bytes', 4 * 1024 ** 3, '4 GiB'],
    ['cores', 2.5, '2.50 cores'],
    ['', 1234, '1.23 K'],
    ['cores', null, '–'],
  ])('writes %p: %p as %p', (unit, value, text) => {
    expect(valueFormatter(unit)(value)).toBe(text);
  });
});

it('formatReplicas writes thousands, and a dash for the unknown', () => {
  expect([formatReplicas(null), formatReplicas(0), formatReplicas(1200)]).toEqual(['–', '0', '1,200']);
});

describe('formatMinutes', () => {
  it.each([
    [0, '0'],
    [0.01, '<0.1'],
    [0.26, '0.3'],
    [9.94, '9.9'],
    [9.96, '10'],
    [1234.5, '1,235'],
  ])('writes %p as %p', (minutes, text) => {
    expect(formatMinutes(minutes)).toBe(text);
  });
});
