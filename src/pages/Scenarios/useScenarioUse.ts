import type { WorkloadEntry } from '../../../contract/workloadsFile.ts';
import { saveWorkload } from '../../sidecar/declaredWorkloads';
import { useClick, type Clickable } from '../../sidecar/useClick';

/** A scenario that a workload is to use, or no longer; and how the workload is declared until then. */
export interface UseChange {
  readonly scenario: string;
  readonly isUsed: boolean;
  /** The names that the workload then uses. */
  readonly scenarios: readonly string[];
  readonly definition: WorkloadEntry;
  readonly version: number;
}

/** What was changed, and at which version the workload is since; `null` where it has none any more. */
export interface ChangedUse extends UseChange {
  readonly versionAfter: number | null;
}

export interface ScenarioUse {
  readonly changing: Clickable<UseChange, ChangedUse>;
  readonly undoing: Clickable<ChangedUse, unknown>;
  readonly done: ChangedUse | null;
}

/** Declares which scenarios a workload uses, and takes that back as far as nobody changed it since. */
export function useScenarioUse(onUsed: () => void): ScenarioUse {
  const changing = useClick(async (change: UseChange): Promise<ChangedUse> => {
    const { definition, version, scenarios } = change;
    const saved = await saveWorkload({ ...definition, scenarios: [...scenarios] }, { version });
    return { ...change, versionAfter: saved.version ?? null };
  }, onUsed);
  const undoing = useClick(
    ({ definition, versionAfter }: ChangedUse) =>
      saveWorkload(definition, versionAfter === null ? 'new' : { version: versionAfter }),
    () => {
      changing.reset();
      onUsed();
    }
  );
  return { changing, undoing, done: changing.click.kind === 'done' ? changing.click.value : null };
}
