import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import type { Description } from '../../charts/ChartDescription';
import { formatProbability } from '../../formatting/formatProbability';
import { t } from '../../translations';
import type { Timeline } from './timelineRows';

/** The fleet in words: how many run short, and each row with its highest probability and when. */
export function describeTimeline(
  title: string,
  { rows }: Timeline,
  threshold: number,
  timeZone: TimeZone
): Description {
  const short = rows.filter(({ shortAtMs }) => shortAtMs !== null).length;
  const at = (timeMs: number | null | undefined) =>
    timeMs === null || timeMs === undefined ? '–' : dateTimeFormat(timeMs, { timeZone });
  return {
    summary: `${title}: ${t('timeline.summary', '{{short}} of {{all}} reach {{threshold}}', {
      short,
      all: rows.length,
      threshold: formatProbability(threshold),
    })}`,
    columns: [
      t('timeline.table.row', 'Workload'),
      t('timeline.table.peak', 'Highest probability'),
      t('timeline.table.peakAt', 'When it is highest'),
      t('timeline.table.first', 'When it first runs short'),
    ],
    rows: rows.map(({ name, peak, shortAtMs }) => [
      name,
      formatProbability(peak?.value),
      at(peak?.timeMs),
      at(shortAtMs),
    ]),
  };
}
