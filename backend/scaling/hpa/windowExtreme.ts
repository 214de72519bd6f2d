/** The extreme of what was added within the last seconds. */
export interface WindowExtreme {
  /** Adds a value and returns the extreme of the window that ends with it. */
  add(nowSeconds: number, value: number): number;
}

/** A window of `seconds`, open at its start; `wins(a, b)` says whether `a` makes an older `b` irrelevant. */
export function windowExtreme(seconds: number, wins: (a: number, b: number) => boolean): WindowExtreme {
  const times: number[] = [];
  const values: number[] = [];
  let first = 0;
  return {
    add(nowSeconds, value) {
      while (values.length > first && wins(value, values.at(-1)!)) {
        values.pop();
        times.pop();
      }
      values.push(value);
      times.push(nowSeconds);
      while (first < times.length - 1 && times[first]! <= nowSeconds - seconds) {
        first++;
      }
      if (first > 1024) {
        times.splice(0, first);
        values.splice(0, first);
        first = 0;
      }
      return values[first]!;
    },
  };
}
