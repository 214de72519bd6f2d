import { useCallback, useEffect, useMemo, useReducer } from 'react';
import type { SimulationReport } from '../../../../contract/simulation.ts';
import { failureFrom, type Failure } from '../../../sidecar/failure';
import { simulate } from '../../../sidecar/simulate';
import { OneAtATime } from './OneAtATime';
import { useRested } from './useRested';
import { keysOf, wantedSimulations, type PartQuestion, type SimulationsQuestion } from './wantedSimulations';

/** What is known of one scenario: the answer to its last position, and the last full one. */
export interface Simulated {
  readonly slider: SimulationReport | null;
  readonly full: SimulationReport | null;
  /** Whether they are answers to the scenario as it is now, or to what it was a moment ago. */
  readonly isSliderCurrent: boolean;
  readonly isFullCurrent: boolean;
  readonly failure: Failure | null;
}

export interface Simulations {
  /** One for each scenario of the question. */
  readonly simulated: readonly Simulated[];
  readonly isAsking: boolean;
  readonly refresh: () => void;
}

/** What has moved is asked in full once it was answered and left alone for so long: a full answer on its way holds up the next position. */
const REST_MS = 300;

type Last = Partial<Record<'slider' | 'full', SimulationReport>>;

/**
 * Simulates what is on the page, one request at a time. Between two answers the last one stays, so that charts move
 * from position to position.
 */
export function useSimulations(workload: string, question: SimulationsQuestion): Simulations {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const { runner, lasts } = useMemo(() => {
    const known = new Map<number, Last>();
    return {
      lasts: known,
      runner: new OneAtATime<PartQuestion, SimulationReport>(
        ({ request }, signal) => simulate(workload, request, signal),
        ({ index, request }, settled) => {
          if (settled.kind === 'answered') {
            known.set(index, { ...known.get(index), [request.detail ?? 'full']: settled.answer });
          }
          rerender();
        }
      ),
    };
  }, [workload]);
  const position = JSON.stringify([question.active, question.scenarios[question.active]]);
  const isAnswered = runner.of(keysOf(question, question.active).slider) !== undefined;
  const isAtRest = useRested(position, isAnswered, REST_MS);
  const wanted = wantedSimulations({ ...question, isMoving: question.isMoving || !isAtRest });
  const wantedKey = wanted.map(({ key }) => key).join('\n');
  useEffect(() => {
    runner.want(wanted);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the keys say whether anything else is wanted
  }, [runner, wantedKey]);
  useEffect(() => () => runner.stop(), [runner]);
  const refresh = useCallback(() => {
    runner.forget();
    rerender();
  }, [runner]);

  const simulated = question.scenarios.map((_, index): Simulated => {
    const keys = keysOf(question, index);
    const slider = runner.of(keys.slider);
    const full = runner.of(keys.full);
    const last = lasts.get(index);
    const failed = [slider, full].find((settled) => settled?.kind === 'failed');
    return {
      slider: slider?.kind === 'answered' ? slider.answer : (last?.slider ?? null),
      full: full?.kind === 'answered' ? full.answer : (last?.full ?? null),
      isSliderCurrent: slider?.kind === 'answered',
      isFullCurrent: full?.kind === 'answered',
      failure: failed?.kind === 'failed' ? failureFrom(failed.thrown) : null,
    };
  });
  const isAsking = wantedSimulations({ ...question, isMoving: false }).some(({ key }) => runner.of(key) === undefined);
  return { simulated, isAsking, refresh };
}
