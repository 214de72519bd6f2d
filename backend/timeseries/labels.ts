/** A Prometheus label set, `__name__` included where there is one. */
export type Labels = Readonly<Record<string, string>>;

/** A text that is equal for equal label sets, whatever the order of their keys. */
export function labelsKey(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(labels[name])}`)
    .join(',');
}
