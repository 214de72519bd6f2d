import React from 'react';
import { LinkButton, Stack } from '@grafana/ui';
import { alertRuleUrl } from '../../links/alertRuleUrl';
import { exploreUrl } from '../../links/exploreUrl';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import type { UrlForecastRange } from './useForecastRange';

interface PanelLinksProps {
  readonly datasourceUid: string;
  readonly workload: string;
  readonly resource: string;
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  /** Whether a probability of a shortfall is known, to alert on. */
  readonly canFallShort: boolean;
}

const DAY_SECONDS = 86_400;

/** From the forecast to Grafana's own tools, each with the question that the panel answers. */
export function PanelLinks({ datasourceUid, workload, resource, time, chosen, canFallShort }: PanelLinksProps) {
  return (
    <Stack direction="row" gap={0.5}>
      {canFallShort && chosen.range === 'day' && (
        <LinkButton
          variant="secondary"
          size="sm"
          icon="bell"
          fill="text"
          data-testid={testIds.workload.newAlertRule}
          href={alertRuleUrl(datasourceUid, {
            workload,
            name: t('workload.alertRule.name', 'Capacity shortfall of {{workload}} predicted within 24 hours', {
              workload,
            }),
            summary: t('workload.alertRule.summary', '{{workload}} is predicted to fall short of capacity', {
              workload,
            }),
            aheadSeconds: DAY_SECONDS,
          })}
        >
          {t('workload.alertRule.create', 'New alert rule')}
        </LinkButton>
      )}
      <LinkButton
        variant="secondary"
        size="sm"
        icon="compass"
        fill="text"
        data-testid={testIds.workload.explore}
        href={exploreUrl(datasourceUid, {
          workload,
          resource,
          range: chosen.range,
          aggregate: chosen.aggregate,
          rawFrom: time.rawFrom,
          rawTo: time.rawTo,
        })}
      >
        {t('workload.explore', 'Open in Explore')}
      </LinkButton>
    </Stack>
  );
}
