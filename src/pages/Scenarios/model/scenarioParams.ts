import { scenarioSchema, type Scenario } from '../../../../contract/scenario.ts';
import { nameSchema } from '../../../../contract/scalars.ts';
import { PARAMS } from '../../../routes';

/** One of the scenarios on the page: one that the sidecar keeps, by its name, or one as it was composed. */
export type AskedScenario =
  { readonly kind: 'kept'; readonly name: string } | { readonly kind: 'composed'; readonly scenario: Scenario };

/** What the page shows, as its address says it. */
export interface ScenariosQuestion {
  readonly workload: string | null;
  /** At most four. */
  readonly scenarios: readonly AskedScenario[];
  /** Which of them is edited. */
  readonly active: number;
  readonly resource: string | null;
  /** The point of the frontier. */
  readonly plan: string | null;
  /** A mean service time that is assumed; null leaves what the workload declares. */
  readonly serviceSeconds: number | null;
  /** Parts of the address that say nothing. */
  readonly unreadable: readonly string[];
}

export const MOST_SCENARIOS = 4;

/** Reads the address; what cannot be read is told, not guessed. */
export function readScenarioParams(params: URLSearchParams): ScenariosQuestion {
  const unreadable: string[] = [];
  const scenarios = params.getAll(PARAMS.scenario).flatMap((text) => {
    const scenario = readScenario(text);
    if (scenario === null) {
      unreadable.push(text);
    }
    return scenario ?? [];
  });
  const shown = scenarios.slice(0, MOST_SCENARIOS);
  const active = Number(params.get(PARAMS.active) ?? 0);
  const serviceSeconds = Number(params.get(PARAMS.serviceSeconds) ?? Number.NaN);
  return {
    workload: params.get(PARAMS.workload),
    scenarios: shown,
    active: Number.isInteger(active) && active >= 0 && active < shown.length ? active : 0,
    resource: params.get(PARAMS.resource),
    plan: params.get(PARAMS.plan),
    serviceSeconds: serviceSeconds > 0 && Number.isFinite(serviceSeconds) ? serviceSeconds : null,
    unreadable,
  };
}

/** The address of a question; other parameters stay. */
export function writeScenarioParams(question: Omit<ScenariosQuestion, 'unreadable'>, before: URLSearchParams) {
  const params = new URLSearchParams(before);
  const set = (name: string, value: string | null) => {
    if (value === null) {
      params.delete(name);
    } else {
      params.set(name, value);
    }
  };
  set(PARAMS.workload, question.workload);
  params.delete(PARAMS.scenario);
  for (const scenario of question.scenarios) {
    params.append(PARAMS.scenario, scenario.kind === 'kept' ? scenario.name : JSON.stringify(scenario.scenario));
  }
  set(PARAMS.active, question.active === 0 ? null : String(question.active));
  set(PARAMS.resource, question.resource);
  set(PARAMS.plan, question.plan);
  set(PARAMS.serviceSeconds, question.serviceSeconds === null ? null : String(question.serviceSeconds));
  return params;
}

function readScenario(text: string): AskedScenario | null {
  if (nameSchema.safeParse(text).success) {
    return { kind: 'kept', name: text };
  }
  try {
    const parsed = scenarioSchema.safeParse(JSON.parse(text));
    return parsed.success ? { kind: 'composed', scenario: parsed.data } : null;
  } catch {
    return null;
  }
}
