import { t } from '../../../translations';
import { formatDuration } from '../../../formatting/formatDuration';
import { formatMoney } from '../../../formatting/formatMoney';
import { formatProbability } from '../../../formatting/formatProbability';
import { formatReplicas } from '../../../formatting/formatReplicas';
import { valueFormatter } from '../../../formatting/valueFormatter';
import type { Outcome, SimulatedScenario } from './outcomes';

const HOUR_SECONDS = 3600;
const MOST_HOURS = 48;

/** One figure that scenarios are compared by. */
export interface Figure {
  readonly key: string;
  readonly name: string;
  readonly of: (outcome: Outcome | null, scenario: SimulatedScenario) => number | null;
  readonly format: (value: number | null) => string;
  /** Whether more of it is worse. */
  readonly isBad: boolean;
  /** Whether it is among the few that stand on top. */
  readonly isMain: boolean;
}

/** What a plan comes to in a scenario; a figure that the workload does not declare enough for is absent. */
export function figures(currency: string, horizonSeconds: number): Figure[] {
  const seconds = valueFormatter('seconds');
  const money = (value: number | null) => formatMoney(value, currency);
  const rounded = (value: number | null) => (value === null ? '–' : formatReplicas(Math.round(value)));
  const within = horizonText(horizonSeconds);
  return [
    figure('shortfall', t('scenarios.figure.shortfall', 'Shortfall within {{within}}', { within }), {
      of: (outcome) => outcome?.shortfallProbabilityHorizon ?? null,
      format: formatProbability,
      isMain: true,
    }),
    figure('cost', t('scenarios.figure.cost', 'Cost, {{within}}', { within }), {
      of: (outcome) => outcome?.cost ?? null,
      format: money,
      isMain: true,
    }),
    figure('latency', t('scenarios.figure.p99', 'Latency p99'), {
      of: (outcome) => outcome?.latencySeconds?.p99 ?? null,
      format: (value) => seconds(value),
      isMain: true,
    }),
    figure('asked', t('scenarios.figure.asked', 'Replicas that suffice at the peak'), {
      of: (_outcome, { asked }) => asked?.peak ?? null,
      format: formatReplicas,
      isMain: true,
    }),
    figure('risk', t('scenarios.figure.risk', 'Risk in a lead time'), {
      of: (outcome) => outcome?.shortfallProbabilityWindow ?? null,
      format: formatProbability,
    }),
    figure('median', t('scenarios.figure.p95', 'Latency p95'), {
      of: (outcome) => outcome?.latencySeconds?.p95 ?? null,
      format: (value) => seconds(value),
    }),
    figure('slo', t('scenarios.figure.slo', 'SLO attainment'), {
      of: (outcome) => outcome?.sloAttainment ?? null,
      format: formatProbability,
      isBad: false,
    }),
    figure('violation', t('scenarios.figure.violation', 'Minutes of violation'), {
      of: (outcome) => outcome?.violationMinutes ?? null,
      format: rounded,
    }),
    figure('hours', t('scenarios.figure.hours', 'Replica hours'), {
      of: (outcome) => outcome?.replicaHours ?? null,
      format: rounded,
    }),
    figure('utilization', t('scenarios.figure.utilization', 'Utilisation'), {
      of: (outcome) => outcome?.utilization ?? null,
      format: formatProbability,
      isBad: false,
    }),
  ];
}

function figure(
  key: string,
  name: string,
  rest: Pick<Figure, 'of' | 'format'> & Partial<Pick<Figure, 'isBad' | 'isMain'>>
): Figure {
  return { key, name, isBad: true, isMain: false, ...rest };
}

/** A day is told as the other pages tell it: `24h`. */
function horizonText(seconds: number): string {
  const hours = seconds / HOUR_SECONDS;
  return Number.isInteger(hours) && hours <= MOST_HOURS ? `${String(hours)}h` : formatDuration(seconds);
}
