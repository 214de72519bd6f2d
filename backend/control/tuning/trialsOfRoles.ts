import type { WorkloadConfig } from '../../config/index.ts';
import { isSameVersion, newTrial, type ModelVersion, type Trial, type WorkloadRoles } from '../../learning/index.ts';
import { takesPart } from './takesPart.ts';

/**
 * The trials that a workload's roles ask for: of each name the former champion's beside the new one, then the
 * challenger's; those that are known go on. Those that are over are kept to be told of, as long as their roles are.
 */
export function trialsOfRoles(
  config: WorkloadConfig,
  roles: WorkloadRoles | undefined,
  known: readonly Trial[],
  nowSeconds: number
): Trial[] {
  const trials: Trial[] = [];
  for (const [name, { champion, lastGood, challenger }] of Object.entries(roles?.models ?? {})) {
    if (champion === null || !takesPart(config, name)) {
      continue;
    }
    // What the former champion lost on the days that it was tried on: the new one's leash, from the first day on.
    const usual = known.find(
      (each) =>
        each.name === name &&
        each.kind === 'challenger' &&
        isSameVersion(each.version, champion) &&
        isSameVersion(each.champion, lastGood)
    )?.state.tail.usual;
    const find = (kind: Trial['kind'], version: ModelVersion): Trial =>
      known.find(
        (each) =>
          each.name === name &&
          each.kind === kind &&
          isSameVersion(each.version, version) &&
          isSameVersion(each.champion, champion)
      ) ?? {
        ...{ name, kind, isOver: false },
        version: { origin: version.origin, version: version.version },
        champion: { origin: champion.origin, version: champion.version },
        state: newTrial(nowSeconds, kind === 'lastGood' ? usual : {}),
      };
    trials.push(
      ...(lastGood === null ? [] : [find('lastGood', lastGood)]),
      ...(challenger === null ? [] : [find('challenger', challenger)])
    );
  }
  return trials;
}
