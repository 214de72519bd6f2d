import { accuracyBoard } from './accuracyBoard.ts';
import type { BoardName } from './board.ts';
import { fleetBoard } from './fleetBoard.ts';
import { healthBoard } from './healthBoard.ts';
import { kpiBoard } from './kpiBoard.ts';
import { workloadBoard } from './workloadBoard.ts';

/** The dashboards by name, as Grafana's provisioning reads them. */
export function boards(): Readonly<Record<BoardName, object>> {
  return {
    fleet: fleetBoard(),
    workload: workloadBoard(),
    accuracy: accuracyBoard(),
    kpis: kpiBoard(),
    health: healthBoard(),
  };
}
