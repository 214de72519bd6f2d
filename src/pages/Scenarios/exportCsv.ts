import type { SimulationReport } from '../../../contract/simulation.ts';

/** What is exported of one scenario. */
export interface ExportedScenario {
  readonly name: string;
  readonly report: SimulationReport;
}

/**
 * All scenarios, and the future without them, as CSV: a line for each step and series, a `q` column for each level,
 * a probability of a shortfall for each plan.
 */
export function scenariosCsv(exported: readonly ExportedScenario[]): string {
  const levels = [...new Set(exported.flatMap(({ report }) => report.scenarios[0]?.demand.levels ?? []))].sort(
    (a, b) => a - b
  );
  const plans = [
    ...new Set(exported.flatMap(({ report }) => report.scenarios[0]?.plans.map(({ plan }) => plan) ?? [])),
  ];
  const lines = [
    [
      'timestamp',
      'scenario',
      'series',
      ...levels.map((level) => `q${level}`),
      ...plans.map((plan) => `shortfall_${plan}`),
    ],
  ];
  exported.forEach(({ name, report }, index) => {
    report.scenarios.forEach((scenario, position) => {
      if (position === 0 && index > 0) {
        return;
      }
      for (const [series, { levels: own, values }] of [
        [report.column, scenario.demand] as const,
        ...Object.entries(scenario.resources),
      ]) {
        for (let step = 0; step < report.steps; step++) {
          lines.push([
            new Date((report.cutoff + (step + 1) * report.stepSeconds) * 1000).toISOString(),
            position === 0 ? 'baseline' : name,
            series,
            ...levels.map((level) => text(values[own.indexOf(level)]?.[step])),
            ...plans.map((plan) => text(scenario.plans.find((each) => each.plan === plan)?.shortfallProbability[step])),
          ]);
        }
      }
    });
  });
  return `${lines.map((line) => line.map(cell).join(',')).join('\n')}\n`;
}

function text(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(8)));
}

function cell(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}
