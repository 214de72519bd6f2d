/** The first of `base`, `base-2`, `base-3` ... that is not taken. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(name)) {
      return name;
    }
  }
}
