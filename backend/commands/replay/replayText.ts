import type { CapUse, ClonedUse, Comparison, PolicyResult, ReplayReport } from '../../replay/index.ts';

/** A replay as tables for people. */
export function replayText(report: ReplayReport, warnings: readonly string[]): string {
  const { policies, sweep, comparisons } = report;
  const parts = [
    table(policies),
    ...policies.flatMap(({ cap }) => (cap === undefined ? [] : [capText(cap)])),
    ...policies.flatMap(({ cloned }) => (cloned === undefined ? [] : [clonedText(cloned)])),
  ];
  if (sweep.length > 0) {
    parts.push(table(sweep));
    parts.push(comparisons.length === 0 ? 'HPA has no violation at any target.\n' : comparisonTable(comparisons));
    parts.push(
      `Means over the targets 0.5, 0.6, 0.7: saving at equal violations ${percent(report.costSavingAtEqualViolations)}, ` +
        `fewer violations at equal cost ${percent(report.violationReductionAtEqualCost)}, ` +
        `cost over the oracle's ${percent(report.costOverOracle)}\n`
    );
  }
  return [...parts, ...warnings.map((warning) => `${warning}\n`)].join('\n');
}

function table(results: readonly PolicyResult[]): string {
  return lines([
    ['policy', 'setting', 'replica-hours', 'violations', 'unserved', 'ups', 'downs', 'p99 latency', 'cost'],
    ...results.map((result) => [
      result.policy,
      result.setting === null
        ? ''
        : Object.entries(result.setting).map(([name, value]) => `${name} ${String(value)}`)[0]!,
      result.replicaHours.toFixed(1),
      percent(result.violationShare, 3),
      percent(result.unservedShare, 3),
      String(result.scaleUps),
      String(result.scaleDowns),
      result.p99LatencySeconds === null ? 'unknown' : `${result.p99LatencySeconds.toPrecision(3)} s`,
      result.cost === null ? 'unknown' : result.cost.toFixed(2),
    ]),
  ]);
}

function capText({ judgedDays, inForceDays, inForceSince, loweredShare }: CapUse): string {
  if (judgedDays === 0) {
    return 'headroom: the floor acts; whether it may be held to the HPA alone was never judged, for want of a day in the past\n';
  }
  const acts =
    inForceSince === null
      ? 'the floor acts'
      : `the floor acts held to the HPA alone, since ${new Date(1000 * inForceSince).toISOString().replace('.000Z', 'Z')}`;
  return (
    `headroom: ${acts}; held so on ${String(inForceDays)} of ${String(judgedDays)} days judged, ` +
    `lowered in ${percent(loweredShare, 2)} of decisions\n`
  );
}

function clonedText(use: ClonedUse): string {
  const { judgedDays, noWorseDays, chosenDays, actedOnShare, raisedShare } = use;
  const whom = use.demonstrator === 'hpa' ? "the HPA's decisions" : "the trace's replicas";
  return use.probability === null
    ? `cloned, from ${whom}: never judged, so never acted on; it takes a day of proposals in the past\n`
    : `cloned, from ${whom}: no worse than the HPA alone on ${String(noWorseDays)} of ${String(judgedDays)} days judged, ` +
        `surely better and chosen on ${String(chosenDays)}: acted on in ${percent(actedOnShare)} of decisions, ` +
        `above the HPA in ${percent(raisedShare, 2)}; at last a policy that is no better would win as many days with ` +
        `probability ${percent(use.probability)}, at most ${percent(use.significance, 0)} is taken for better\n`;
}

function comparisonTable(comparisons: readonly Comparison[]): string {
  return lines([
    ['hpa target', 'its violations', 'saving', 'fewer violations', 'over the oracle', 'unserved', "hpa's"],
    ...comparisons.map((each) => [
      String(each.target),
      percent(each.violationShare, 3),
      percent(each.costSavingAtEqualViolations),
      percent(each.violationReductionAtEqualCost),
      percent(each.costOverOracle),
      percent(each.unservedShare, 3),
      percent(each.hpaUnservedShare, 3),
    ]),
  ]);
}

function percent(share: number | null, digits = 1): string {
  return share === null ? 'unknown' : `${(100 * share).toFixed(digits)} %`;
}

function lines(rows: ReadonlyArray<readonly string[]>): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd()
        .concat('\n')
    )
    .join('');
}
