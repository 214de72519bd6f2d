import { t } from '../translations';

/** What was done, as people say it; a kind that this app does not know keeps its own word. */
export function decisionName(what: string): string {
  switch (what) {
    case 'change':
      return t('decision.change', 'Changed');
    case 'giveBack':
      return t('decision.giveBack', 'Gave back');
    case 'rollback':
      return t('decision.rollback', 'Rolled back');
    case 'requests':
      return t('decision.requests', 'Set the requests of');
    case 'requests-rollback':
      return t('decision.requestsBack', 'Gave back the requests of');
    case 'requests-watch':
      return t('decision.requestsWatch', 'Watched the requests of');
    case 'would':
      return t('decision.would', 'Would have changed');
    case 'watch':
      return t('decision.watch', 'Watched');
    case 'dismiss':
      return t('decision.dismiss', 'Dismissed');
    case 'snooze':
      return t('decision.snooze', 'Snoozed');
    case 'mode':
      return t('decision.mode', 'Set the mode of');
    case 'pause':
      return t('decision.pause', 'Paused');
    case 'resume':
      return t('decision.resume', 'Resumed');
    case 'propose':
      return t('decision.propose', 'Proposed a plan for');
    case 'add':
      return t('decision.add', 'Added');
    case 'edit':
      return t('decision.edit', 'Edited');
    case 'delete':
      return t('decision.delete', 'Deleted');
    default:
      return what;
  }
}
