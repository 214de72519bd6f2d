import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { nameSchema } from '../../../contract/scalars.ts';
import type { KeptScenario, Scenario } from '../../../contract/scenario.ts';
import {
  MOST_SCENARIOS,
  readScenarioParams,
  writeScenarioParams,
  type AskedScenario,
  type ScenariosQuestion,
} from './model/scenarioParams';

/** What has not moved for so long is let go, as a number that is typed never is. */
const REST_MS = 700;

/** A scenario on the page, and what is kept under its name. */
export interface ShownScenario {
  readonly scenario: Scenario;
  /** What is kept under its name; null where nothing is. */
  readonly kept: KeptScenario | null;
  readonly isChanged: boolean;
}

export interface ScenariosState {
  readonly question: ScenariosQuestion;
  readonly shown: readonly ShownScenario[];
  readonly isMoving: boolean;
  /** Names in the address under which nothing is kept. */
  readonly unknown: readonly string[];
  readonly set: (changes: Partial<Omit<ScenariosQuestion, 'unreadable'>>) => void;
  /** A new state of the scenario that is edited; it stands in the address once it is let go. */
  readonly edit: (scenario: Scenario, isMoving: boolean) => void;
  readonly add: (scenario: AskedScenario) => void;
  readonly replace: (scenario: AskedScenario) => void;
  readonly remove: (index: number) => void;
}

/** What the page shows: its address, and what is being moved and does not stand there yet. */
export function useScenariosQuestion(kept: readonly KeptScenario[], fallback: readonly string[]): ScenariosState {
  const [params, setParams] = useSearchParams();
  const [moving, setMoving] = useState<Scenario | null>(null);
  const read = useMemo(() => readScenarioParams(params), [params]);
  const asked = useMemo(() => {
    const known = read.scenarios.filter((each) => resolve(each, kept) !== null);
    return known.length === 0 ? startOf(kept, fallback) : known;
  }, [read, kept, fallback]);
  const active = Math.min(read.active, Math.max(0, asked.length - 1));
  const question = useMemo(() => ({ ...read, active }), [read, active]);
  const shown = useMemo(
    () =>
      asked.flatMap((each, index): ShownScenario[] => {
        const resolved = index === active && moving !== null ? changed(moving, kept) : resolve(each, kept);
        return resolved === null ? [] : [resolved];
      }),
    [asked, kept, active, moving]
  );
  const set = useCallback<ScenariosState['set']>(
    (changes) => {
      setMoving(null);
      setParams((before) => writeScenarioParams({ ...readScenarioParams(before), ...changes }, before), {
        replace: true,
      });
    },
    [setParams]
  );
  const replaceAt = useCallback(
    (index: number, scenario: AskedScenario) =>
      set({ scenarios: asked.map((each, position) => (position === index ? scenario : each)) }),
    [asked, set]
  );
  useEffect(() => {
    if (moving === null || !isNamed(moving)) {
      return undefined;
    }
    const timer = setTimeout(() => replaceAt(active, { kind: 'composed', scenario: moving }), REST_MS);
    return () => clearTimeout(timer);
  }, [moving, active, replaceAt]);
  return {
    question,
    shown,
    isMoving: moving !== null,
    unknown: read.scenarios.flatMap((each) =>
      each.kind === 'kept' && resolve(each, kept) === null ? [each.name] : []
    ),
    set,
    edit: useCallback(
      (scenario, isMoving) => {
        if (isMoving || !isNamed(scenario)) {
          setMoving(scenario);
        } else {
          replaceAt(active, { kind: 'composed', scenario });
        }
      },
      [active, replaceAt]
    ),
    add: useCallback(
      (scenario) => {
        const scenarios = [...asked, scenario].slice(0, MOST_SCENARIOS);
        set({ scenarios, active: scenarios.length - 1 });
      },
      [asked, set]
    ),
    replace: useCallback((scenario) => replaceAt(active, scenario), [active, replaceAt]),
    remove: useCallback(
      (index) => {
        const scenarios = asked.filter((_, position) => position !== index);
        set({ scenarios, active: Math.min(active, Math.max(0, scenarios.length - 1)) });
      },
      [asked, active, set]
    ),
  };
}

function isNamed({ name }: Scenario): boolean {
  return nameSchema.safeParse(name).success;
}

/** Where the address names none: the first that is kept for the workload, else a fifth more of everything. */
function startOf(kept: readonly KeptScenario[], fallback: readonly string[]): AskedScenario[] {
  const name = [...fallback, 'api-spike'].find((each) => kept.some((one) => one.name === each)) ?? kept[0]?.name;
  return name === undefined ? [] : [{ kind: 'kept', name }];
}

function resolve(asked: AskedScenario, kept: readonly KeptScenario[]): ShownScenario | null {
  if (asked.kind === 'composed') {
    return changed(asked.scenario, kept);
  }
  const found = kept.find(({ name }) => name === asked.name);
  return found === undefined ? null : { scenario: found.scenario, kept: found, isChanged: false };
}

function changed(scenario: Scenario, all: readonly KeptScenario[]): ShownScenario {
  const kept = all.find(({ name }) => name === scenario.name) ?? null;
  const isSame =
    kept !== null && JSON.stringify(kept.scenario.interventions) === JSON.stringify(scenario.interventions);
  return { scenario, kept, isChanged: !isSame };
}
