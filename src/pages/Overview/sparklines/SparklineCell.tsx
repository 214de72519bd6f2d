import React, { memo } from 'react';
import type { Sparkline, WorkloadSummary } from '../../../../contract/api.ts';
import { BandSparkline } from '../../../charts/BandSparkline';
import { lastNumber } from '../../../charts/lastNumber';
import { valueFormatter } from '../../../formatting/valueFormatter';
import { Tone } from '../../../indicators/Tone';
import { t } from '../../../translations';
import { useSparkline } from './sparklineContext';

const SIZE = { width: 128, height: 32 } as const;

interface SparklineCellProps {
  readonly workload: WorkloadSummary;
  readonly now: number;
}

/** The forecast around now of the resource that runs short first, and by which model. */
export const SparklineCell = memo(function SparklineCell({ workload, now }: SparklineCellProps) {
  const known = useSparkline(workload.name);
  if (known.kind === 'loading') {
    return <div style={{ ...SIZE }} aria-busy />;
  }
  if (known.kind === 'failed' || known.sparkline === null) {
    return (
      <Tone color="secondary" isSmall>
        {known.kind === 'failed'
          ? t('overview.sparklineFailed', 'Not loaded')
          : t('overview.noForecast', 'No forecast yet')}
      </Tone>
    );
  }
  const { sparkline } = known;
  const resource = workload.resources.find(({ name }) => name === sparkline.resource);
  return (
    <div>
      <BandSparkline sparkline={sparkline} now={now} label={labelOf(sparkline, resource?.unit ?? '', now)} {...SIZE} />
      {resource !== undefined && resource.model !== null && (
        <Tone color="secondary" isSmall>
          {resource.model}
        </Tone>
      )}
    </div>
  );
});

function labelOf({ resource, times, actual, upper, capacity }: Sparkline, unit: string, now: number): string {
  const format = valueFormatter(unit);
  const upcoming = upper.filter((value, index): value is number => value !== null && (times[index] ?? 0) >= now);
  return t('overview.sparkline', '{{resource}}: {{latest}} now, forecast up to {{most}}, capacity {{capacity}}', {
    resource,
    latest: format(lastNumber(actual)),
    most: format(upcoming.length === 0 ? null : Math.max(...upcoming)),
    capacity: format(lastNumber(capacity)),
  });
}
