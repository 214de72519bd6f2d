import type { FeatureImportance, ForecastImportance } from '../../evaluation/index.ts';
import { alignedTable } from '../alignedTable.ts';

/** What a forecast used, as a table: what moved it, then in words what did not and what the history does not hold. */
export function importanceText(column: string, importance: ForecastImportance): string {
  const { model, forecastCount, groups, parts, emptyReason } = importance;
  if (emptyReason !== undefined) {
    return `${column} by ${model}: ${emptyReason}\n`;
  }
  const rows = groups
    .filter(({ isUsed }) => isUsed)
    .map(({ name, share, change, widths }) => [
      name,
      ...[share.whole, ...share.parts].map((each) => `${(100 * each).toFixed(1)} %`),
      change.whole.toPrecision(3),
      widths.toFixed(3),
    ]);
  const head = [
    'used',
    'share',
    ...parts.map(({ name, from, to }) => `${name} ${stepsText(from, to)}`),
    'move',
    'widths',
  ];
  return [
    `${column} by ${model}, ${String(forecastCount)} forecasts\n`,
    alignedTable(head, rows),
    listed(
      'not used',
      groups.filter(({ isPresent, isUsed }) => isPresent && !isUsed)
    ),
    listed(
      'not in the history',
      groups.filter(({ isPresent }) => !isPresent)
    ),
  ].join('');
}

function stepsText(from: number, to: number): string {
  return from === to ? String(from) : `${String(from)}-${String(to)}`;
}

function listed(title: string, groups: readonly FeatureImportance[]): string {
  return groups.length === 0 ? '' : `${title}: ${groups.map(({ name }) => name).join(', ')}\n`;
}
