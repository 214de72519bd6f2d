import { HeadroomError } from '../../errors/index.ts';
import { artefactProblem, versionWords, type ModelInventory, type ModelVersion } from '../../learning/index.ts';

/** The version of a name that forecasts for a workload: its own where one is in force, else what ships. */
export function versionInForce(
  { shipped, tuned }: ModelInventory,
  workload: string,
  name: string
): ModelVersion | undefined {
  const own = tuned.get(workload)?.find((each) => each.name === name && each.state === 'inForce');
  const ours = shipped.find((each) => each.name === name && each.state === 'inForce');
  return own !== undefined
    ? { origin: 'tuned', version: own.version }
    : ours && { origin: 'shipped', version: ours.version };
}

/** Throws API_NOT_FOUND where a version is not there, MODEL_ARTEFACT_INVALID where it is not whole. */
export async function requireWholeVersion(
  { shipped, tuned }: ModelInventory,
  workload: string,
  name: string,
  version: ModelVersion
): Promise<void> {
  const among = version.origin === 'shipped' ? shipped : (tuned.get(workload) ?? []);
  const found = among.find((each) => each.name === name && each.version === version.version);
  if (found === undefined) {
    throw new HeadroomError('API_NOT_FOUND', {
      kind: 'model',
      name: `${name} ${versionWords(version)}`,
      list: '/api/v1/models',
    });
  }
  const reason = found.manifest === null ? found.reason : await artefactProblem(found.folder, found.manifest);
  if (reason !== undefined && reason !== null) {
    throw new HeadroomError('MODEL_ARTEFACT_INVALID', { folder: found.folder, reason });
  }
}
