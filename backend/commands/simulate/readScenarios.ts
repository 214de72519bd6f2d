import { scenarioSchema, type Scenario } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { BUILT_IN_SCENARIOS } from '../../simulation/index.ts';
import type { YamlValue } from './parseYaml.ts';
import { readYaml } from './readYaml.ts';

/** The scenarios named or filed; a name that ships wins over a file in this folder (write `./name` for the file). */
export async function readScenarios(sources: readonly string[]): Promise<Array<YamlValue<Scenario>>> {
  const read = await Promise.all(
    sources.map(async (source) => {
      const builtIn = BUILT_IN_SCENARIOS.find(({ name }) => name === source);
      if (builtIn !== undefined) {
        return [{ value: builtIn, locate: () => source }];
      }
      try {
        return await readYaml(source, scenarioSchema, 'SCENARIO_INVALID');
      } catch (cause) {
        if (cause instanceof HeadroomError && cause.code === 'FILE_NOT_FOUND') {
          const known = BUILT_IN_SCENARIOS.map(({ name }) => name).join(', ');
          throw new HeadroomError('SCENARIO_UNKNOWN', { scenario: source, known }, { cause });
        }
        throw cause;
      }
    })
  );
  return read.flat();
}
