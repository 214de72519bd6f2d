import { KahanSum } from '../kahanSum.ts';
import type { Window } from './window.ts';

const sum = new KahanSum();
const mean = new KahanSum();
const squares = new KahanSum();

export function sumOverTime({ values, from, to }: Window): number {
  sum.reset();
  for (let i = from; i < to; i++) {
    sum.add(values[i]!);
  }
  return Math.abs(sum.sum) === Infinity ? sum.sum : sum.total;
}

/** The mean by a compensated sum, or incrementally from where the sum would overflow. Source: funcAvgOverTime. */
export function avgOverTime({ values, from, to }: Window): number {
  sum.reset(values[from]);
  for (let i = from + 1; i < to; i++) {
    const before = sum.sum;
    const compensation = sum.compensation;
    sum.add(values[i]!);
    if (Math.abs(sum.sum) === Infinity) {
      return incrementalMean(values, from, i, to, before, compensation);
    }
  }
  const count = to - from;
  return sum.sum / count + sum.compensation / count;
}

export function stdvarOverTime({ values, from, to }: Window): number {
  mean.reset();
  squares.reset();
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    const difference = value - mean.total;
    mean.add(difference / (i - from + 1));
    squares.add(difference * (value - mean.total));
  }
  return squares.total / (to - from);
}

export function stddevOverTime(window: Window): number {
  return Math.sqrt(stdvarOverTime(window));
}

function incrementalMean(
  values: Float64Array,
  from: number,
  switchAt: number,
  to: number,
  sumBefore: number,
  compensation: number
): number {
  mean.sum = sumBefore / (switchAt - from);
  mean.compensation = compensation / (switchAt - from);
  for (let i = switchAt; i < to; i++) {
    const count = i - from + 1;
    const share = (count - 1) / count;
    mean.sum *= share;
    mean.compensation *= share;
    mean.add(values[i]! / count);
  }
  return mean.total;
}
