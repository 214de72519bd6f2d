import type { Experiment } from '../../../contract/experiments.ts';
import { formatTime } from '../../formatting/formatTime';
import { t } from '../../translations';
import { formatQuantity } from './experimentNames';
import type { ScheduledWindow } from './WindowSchedule';

/** The windows of a test as they stand: those that are over with what came, the present one, those to come. */
export function scheduledWindows({
  schedule,
  windows,
  startsAt,
  windowSeconds,
  unit,
  state,
  present,
}: Experiment): ScheduledWindow[] {
  const isOver = state !== 'running';
  const presentIndex = present === null ? -1 : schedule.indexOf(present, windows.length);
  return schedule.map((arm, index): ScheduledWindow => {
    const at = formatTime(startsAt + index * windowSeconds);
    const over = windows[index];
    if (over !== undefined) {
      return over.void === null
        ? {
            arm,
            state: 'counted',
            words: t('experiments.window.counted', '{{at}}: {{arm}}, {{value}}', {
              at,
              arm,
              value: formatQuantity(over.value, unit),
            }),
          }
        : {
            arm,
            state: 'void',
            words: t('experiments.window.void', '{{at}}: {{arm}}, not counted: {{why}}', { at, arm, why: over.void }),
          };
    }
    if (isOver) {
      return { arm, state: 'void', words: t('experiments.window.never', '{{at}}: it had ended', { at }) };
    }
    return {
      arm,
      state: index === presentIndex ? 'present' : 'coming',
      words: t('experiments.window.coming', '{{at}}: {{arm}}', { at, arm }),
    };
  });
}
