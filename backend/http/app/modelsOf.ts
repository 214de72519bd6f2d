import type { LearntModel } from '../../../contract/index.ts';
import type { ModelInventory, ShelvedModel } from '../../learning/index.ts';

/** The learnt models as the API tells them, the shipped ones first. */
export function modelsOf(
  { shipped, tuned }: ModelInventory,
  workloads: ReadonlyArray<{ readonly name: string; readonly model: string }>
): LearntModel[] {
  const own = (workload: string, name: string): boolean =>
    tuned.get(workload)?.some((each) => each.name === name && each.state === 'inForce') === true;
  const takingPart = ({ name, state }: ShelvedModel, workload: string | null): string[] =>
    workloads
      .filter(({ model }) => state === 'inForce' && (model === 'auto' || model === name))
      .filter((each) => (workload === null ? !own(each.name, name) : each.name === workload))
      .map((each) => each.name);
  const told = (workload: string | null, model: ShelvedModel): LearntModel => {
    const { name, version, state, reason, manifest, card } = model;
    return {
      ...{ name, version, workload, state, reason, card },
      architecture: manifest?.architecture ?? null,
      parameterCount: manifest?.parameterCount ?? null,
      contextLength: manifest?.contextLength ?? null,
      horizon: manifest?.horizon ?? null,
      seed: manifest?.seed ?? null,
      steps: manifest?.steps ?? null,
      seconds: manifest?.seconds ?? null,
      tunedFrom: manifest?.tunedFrom ?? null,
      data: manifest?.data ?? [],
      scores: manifest?.scores ?? [],
      workloads: takingPart(model, workload),
    };
  };
  return [
    ...shipped.map((model) => told(null, model)),
    ...[...tuned].flatMap(([workload, models]) => models.map((model) => told(workload, model))),
  ];
}
