import type { Job, Scenario, SimulationReport, SimulationRequest } from '../../../contract/index.ts';
import type { WhatIfReport } from '../../allocation/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { simulationTask, type SimulationTask } from './simulationTask.ts';
import type { Simulate } from './simulationThreads.ts';

/** Up to so many paths a simulation is answered when it is done; more become a job. */
const MOST_PATHS_AT_ONCE = 2000;

export interface SimulatorDeps {
  readonly jobs: Jobs;
  readonly simulate: Simulate;
  readonly scenario: (name: string) => Scenario | undefined;
  readonly monotonicSeconds: () => number;
}

export type Simulated =
  { readonly kind: 'done'; readonly report: SimulationReport } | { readonly kind: 'begun'; readonly job: Job };

/** Simulations of workloads that somebody asks for. */
export class Simulator {
  readonly #deps: SimulatorDeps;

  constructor(deps: SimulatorDeps) {
    this.#deps = deps;
  }

  /**
   * Simulates at once, or begins a job whose result is the report; everything is checked before. Ends early where
   * `signal` is aborted: nobody waits for the answer any more. Throws what `simulationTask` throws, and API_BUSY.
   */
  async start(view: WorkloadView, request: SimulationRequest, signal: AbortSignal): Promise<Simulated> {
    const { jobs, scenario } = this.#deps;
    const task = simulationTask(view, request, scenario);
    if (task.input.pathCount <= MOST_PATHS_AT_ONCE) {
      const answer = this.#deps.simulate.answer(task.input, task.workload, signal);
      return { kind: 'done', report: await this.#reportOf(task, answer) };
    }
    const job = jobs.start({
      kind: 'simulate',
      workload: task.workload,
      run: (stop, report) => {
        const startedSeconds = this.#deps.monotonicSeconds();
        const running = this.#deps.simulate.run(task.input, stop, ({ done, total }) => {
          const share = done / total;
          const passed = this.#deps.monotonicSeconds() - startedSeconds;
          const { pathCount, scenarios } = task.input;
          report({
            progress: share,
            message: `It simulates ${String(pathCount)} futures in ${String(scenarios.length + 1)} scenarios`,
            ...(share > 0 ? { secondsLeft: (passed * (1 - share)) / share } : {}),
          });
        });
        return this.#reportOf(task, running);
      },
    });
    return { kind: 'begun', job };
  }

  async #reportOf(task: SimulationTask, running: Promise<WhatIfReport>): Promise<SimulationReport> {
    const startedSeconds = this.#deps.monotonicSeconds();
    const report = await running;
    return reportOf(task, report, Math.max(1e-6, this.#deps.monotonicSeconds() - startedSeconds));
  }
}

function reportOf(task: SimulationTask, report: WhatIfReport, seconds: number): SimulationReport {
  const { input, grid } = task;
  return {
    workload: task.workload,
    column: task.demand,
    paths: input.pathCount,
    steps: grid.length,
    stepSeconds: grid.stepSeconds,
    cutoff: grid.startSeconds - grid.stepSeconds,
    seed: input.seed,
    detail: input.sliderLevels === undefined ? 'full' : 'slider',
    seconds,
    pathStepsPerSecond: (input.pathCount * grid.length * report.scenarios.length) / seconds,
    scenarios: report.scenarios as SimulationReport['scenarios'],
    frontier: report.frontier as SimulationReport['frontier'],
    frontiers: report.frontiers as SimulationReport['frontiers'],
    candidates: report.candidates as SimulationReport['candidates'],
    absent: report.absent as SimulationReport['absent'],
    recommendation: report.recommendation,
    warnings: [...task.warnings, ...report.warnings],
  };
}
