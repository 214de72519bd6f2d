import { existsSync } from 'node:fs';
import { scenarioSchema, type Scenario } from '../../../contract/index.ts';
import { ScenarioShelf } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { BUILT_IN_SCENARIOS } from '../../simulation/index.ts';
import { openSqliteStorage, sqliteFile } from '../../storage/index.ts';
import type { YamlValue } from './parseYaml.ts';
import { readYaml } from './readYaml.ts';

/** Where stored scenarios may be; one that was asked for has to be there. */
export interface ScenarioFolder {
  readonly directory: string;
  readonly isAsked: boolean;
}

/**
 * The scenarios named or filed; a name that ships or is stored in `folder` wins over a file in this folder (write
 * `./name` for the file).
 *
 * Throws SCENARIO_UNKNOWN, SCENARIO_INVALID, USAGE where the folder that was asked for holds no data, STORAGE_*.
 */
export async function readScenarios(
  sources: readonly string[],
  folder: ScenarioFolder
): Promise<Array<YamlValue<Scenario>>> {
  const stored = await storedScenarios(sources, folder);
  const read = await Promise.all(
    sources.map(async (source) => {
      const known = BUILT_IN_SCENARIOS.find(({ name }) => name === source) ?? stored?.find(source);
      if (known !== undefined) {
        return [{ value: known, locate: () => source }];
      }
      try {
        return await readYaml(source, scenarioSchema, 'SCENARIO_INVALID');
      } catch (cause) {
        if (cause instanceof HeadroomError && cause.code === 'FILE_NOT_FOUND') {
          const names = (stored?.list() ?? BUILT_IN_SCENARIOS).map(({ name }) => name).join(', ');
          throw new HeadroomError('SCENARIO_UNKNOWN', { scenario: source, known: names }, { cause });
        }
        throw cause;
      }
    })
  );
  return read.flat();
}

/** What a sidecar stored in `folder`; undefined where nothing asked for can be there. */
async function storedScenarios(
  sources: readonly string[],
  { directory, isAsked }: ScenarioFolder
): Promise<ScenarioShelf | undefined> {
  const isThere = existsSync(sqliteFile({ directory }));
  if (!isThere && isAsked) {
    throw new HeadroomError('USAGE', {
      problem: `--data-dir ${directory} holds no data of Headroom`,
      command: 'simulate',
    });
  }
  const mayBeStored = (source: string) =>
    !/[/\\.]/.test(source) && !BUILT_IN_SCENARIOS.some(({ name }) => name === source);
  if (!isThere || !sources.some(mayBeStored)) {
    return undefined;
  }
  const storage = await openSqliteStorage({ directory });
  try {
    const shelf = new ScenarioShelf({ storage, nowSeconds: () => 0, workloads: () => [] });
    await shelf.load();
    return shelf;
  } finally {
    await storage.close();
  }
}
