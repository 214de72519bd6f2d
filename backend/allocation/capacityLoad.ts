/** What presses on capacity from one series: demand at the level that the accepted risk looks at, `[step]`. */
export interface CapacityLoad {
  readonly name: string;
  readonly unit: string;
  readonly perReplica: number;
  readonly highDemand: Float64Array;
}

/** The series that asks for most replicas at `step`; the first of equals. */
export function bindingLoad(loads: readonly CapacityLoad[], step: number): CapacityLoad {
  return loads.reduce((most, load) =>
    load.highDemand[step]! / load.perReplica > most.highDemand[step]! / most.perReplica ? load : most
  );
}
