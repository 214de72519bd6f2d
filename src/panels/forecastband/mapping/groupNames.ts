type Labels = Readonly<Record<string, string>>;

/** Short names that tell groups apart: the values of the labels in which they differ; empty for a group alone. */
export function groupNames(groups: readonly Labels[]): string[] {
  if (groups.length < 2) {
    return groups.map(() => '');
  }
  const labels = [...new Set(groups.flatMap((group) => Object.keys(group)))].sort();
  const differing = labels.filter((label) => new Set(groups.map((group) => group[label] ?? '')).size > 1);
  return groups.map((group, index) => {
    const values = differing.map((label) => group[label] ?? '').filter(Boolean);
    return values.length === 0 ? String(index + 1) : values.join(' ');
  });
}
