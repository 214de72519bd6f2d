import React, { useId } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, Tab, TabsBar, useStyles2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import { RangeSwitch } from './RangeSwitch';
import { RangeTrouble } from './RangeTrouble';
import { ResourceForecast } from './ResourceForecast';
import type { UrlForecastRange } from './useForecastRange';
import type { UrlResource } from './useUrlResource';
import { useWorkloadMarks } from './useWorkloadMarks';

interface ForecastSectionProps {
  readonly detail: WorkloadDetail;
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  readonly shown: UrlResource & { readonly resource: string };
}

const ALONE_HEIGHT = 540;
const BESIDE_HEIGHT = 400;

/** One resource, or all of them side by side on one cursor: measured, forecast, and how likely it exceeds the capacity. */
export function ForecastSection({ detail, time, chosen, shown }: ForecastSectionProps) {
  const styles = useStyles2(getStyles);
  const scope = useId();
  const { summary, ranges } = detail;
  const { resource, isSideBySide, setResource, setSideBySide } = shown;
  const marks = useWorkloadMarks(detail, time);
  const state = ranges.find(({ range }) => range === chosen.range);
  const names = isSideBySide ? summary.resources.map(({ name }) => name) : [resource];
  return (
    <Stack direction="column" gap={1}>
      <TabsBar>
        {summary.resources.map(({ name, firstShortfallAt }) => (
          <Tab
            key={name}
            label={name}
            active={name === resource && !isSideBySide}
            icon={firstShortfallAt === null ? undefined : 'exclamation-triangle'}
            onChangeTab={(event) => {
              event.preventDefault();
              setResource(name);
            }}
            data-testid={testIds.workload.resource(name)}
          />
        ))}
        {summary.resources.length > 1 && (
          <Tab
            label={t('workload.sideBySide', 'Side by side')}
            active={isSideBySide}
            icon="columns"
            onChangeTab={(event) => {
              event.preventDefault();
              setSideBySide();
            }}
            data-testid={testIds.workload.sideBySide}
          />
        )}
      </TabsBar>
      <RangeSwitch ranges={ranges} chosen={chosen} />
      <RangeTrouble range={chosen.range} state={state} />
      {state !== undefined && (
        <div className={isSideBySide ? styles.grid : undefined}>
          {names.map((name) => (
            <ResourceForecast
              key={isSideBySide ? name : 'alone'}
              detail={detail}
              resource={name}
              marks={marks}
              time={time}
              chosen={chosen}
              scope={scope}
              height={isSideBySide ? BESIDE_HEIGHT : ALONE_HEIGHT}
            />
          ))}
        </div>
      )}
    </Stack>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${theme.spacing(60)}), 1fr))`,
    gap: theme.spacing(1),
    '& > *': { minWidth: 0 },
  }),
});
