import { t } from '../translations';
import type { Mode } from '../../contract/api.ts';

/** How a workload is scaled, in a word. */
export function modeName(mode: Mode): string {
  switch (mode) {
    case 'observe':
      return t('mode.observe', 'Observe');
    case 'approve':
      return t('mode.approve', 'Approve');
    case 'auto':
      return t('mode.auto', 'Auto');
  }
}

/** What a mode means. */
export function modeMeaning(mode: Mode): string {
  switch (mode) {
    case 'observe':
      return t('mode.observeMeaning', 'Headroom recommends and never acts.');
    case 'approve':
      return t('mode.approveMeaning', 'Headroom acts when a person approves.');
    case 'auto':
      return t('mode.autoMeaning', 'Headroom acts within its guardrails.');
  }
}
