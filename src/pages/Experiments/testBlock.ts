import type { WorkloadSummary } from '../../../contract/api.ts';
import { t } from '../../translations';

/** Why nothing can be tried on a workload; null where it can. */
export function testBlock(workload: WorkloadSummary | undefined): string | null {
  return workload === undefined
    ? t('experiments.block.gone', 'The workload is gone.')
    : workload.scaling?.hasTarget !== true
      ? t('experiments.block.target', 'It has no target, so nothing that is tried changes anything.')
      : workload.mode !== 'auto'
        ? t(
            'experiments.block.mode',
            'Its mode is not auto: only where Headroom acts by itself does a test change anything.'
          )
        : null;
}
