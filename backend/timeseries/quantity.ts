const SUFFIX: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Divided by, not multiplied with what is not exact: 3179m is 3.179. */
const PARTS: Readonly<Record<string, number>> = { n: 1e9, u: 1e6, m: 1e3 };

const QUANTITY = /^(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?<suffix>[A-Za-z]{0,2})$/;

/** Reads a quantity as Kubernetes writes it (`500m`, `4Gi`, `1e3`); `undefined` where it is none. */
export function parseQuantity(text: string): number | undefined {
  const groups = QUANTITY.exec(text)?.groups;
  const suffix = groups?.['suffix'] ?? '';
  const [factor, parts] = [SUFFIX[suffix], PARTS[suffix]];
  if (groups === undefined || (factor === undefined && parts === undefined)) {
    return undefined;
  }
  const number = Number(groups['number']);
  const value = parts === undefined ? number * factor! : number / parts;
  return Number.isFinite(value) ? value : undefined;
}
