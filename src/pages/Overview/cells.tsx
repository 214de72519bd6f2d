import React from 'react';
import { t } from '../../translations';
import { LinkButton, Stack, Text, TextLink } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { BandSparkline } from '../../charts/BandSparkline';
import { lastNumber } from '../../charts/lastNumber';
import { formatMoney } from '../../formatting/formatMoney';
import { HealthBadge } from '../../indicators/HealthBadge';
import { recommendationUrl } from '../../routes';
import { valueFormatter } from '../../formatting/valueFormatter';
import { testIds } from '../../testIds';
import { hourlySaving } from '../../fleet/urgencyOrder';

const SPARKLINE = { width: 160, height: 32 } as const;

interface CellProps {
  readonly workload: WorkloadSummary;
}

/** A workload's name, and whose it is. */
export function NameCell({ workload, href }: CellProps & { readonly href: string }) {
  const { name, tier, region } = workload.account;
  return (
    <Stack direction="column" gap={0}>
      <TextLink href={href} inline={false} weight="medium" data-testid={testIds.overview.workloadLink(workload.name)}>
        {workload.name}
      </TextLink>
      <Text color="secondary" variant="bodySmall">
        {[name, tier, region].filter(Boolean).join(' · ')}
      </Text>
    </Stack>
  );
}

/** The forecast around now of the resource that runs short first. */
export function SparklineCell({ workload, now }: CellProps & { readonly now: number }) {
  const { sparkline, resources } = workload;
  if (sparkline === null) {
    return (
      <Text color="secondary" variant="bodySmall">
        {t('overview.noForecast', 'No forecast yet')}
      </Text>
    );
  }
  const format = valueFormatter(resources.find(({ name }) => name === sparkline.resource)?.unit ?? '');
  const upcoming = sparkline.upper.filter(
    (value, index): value is number => value !== null && (sparkline.times[index] ?? 0) >= now
  );
  const label = t(
    'overview.sparkline',
    '{{resource}}: {{latest}} now, forecast up to {{most}}, capacity {{capacity}}',
    {
      resource: sparkline.resource,
      latest: format(lastNumber(sparkline.actual)),
      most: format(upcoming.length === 0 ? null : Math.max(...upcoming)),
      capacity: format(lastNumber(sparkline.capacity)),
    }
  );
  return <BandSparkline sparkline={sparkline} now={now} label={label} {...SPARKLINE} />;
}

/** What an hour costs now, and what following the recommendation saves or adds. */
export function CostCell({ workload }: CellProps) {
  const { current, currency } = workload.costHourly;
  const saving = hourlySaving(workload);
  return (
    <Stack direction="column" gap={0}>
      <Text tabular>{formatMoney(current, currency)}</Text>
      {saving !== null && saving !== 0 && (
        <Text variant="bodySmall" color={saving > 0 ? 'success' : 'secondary'} tabular>
          {saving > 0
            ? t('overview.saves', 'saves {{amount}}', { amount: formatMoney(saving, currency) })
            : t('overview.adds', 'adds {{amount}}', { amount: formatMoney(-saving, currency) })}
        </Text>
      )}
    </Stack>
  );
}

/** How the forecasts of a workload are doing, and by which model its demand is forecast. */
export function HealthCell({ workload: { health, resources, demand } }: CellProps) {
  const model = resources.find(({ name }) => name === demand)?.model ?? null;
  return (
    <Stack direction="column" gap={0} alignItems="flex-start">
      <HealthBadge health={health} />
      {model !== null && (
        <Text color="secondary" variant="bodySmall">
          {model}
        </Text>
      )}
    </Stack>
  );
}

/** The way to a recommendation that would change something. */
export function ReviewCell({ workload: { name, recommendationId, replicas } }: CellProps) {
  if (recommendationId === null || replicas.recommended === null || replicas.recommended === replicas.current) {
    return null;
  }
  return (
    <LinkButton
      size="sm"
      variant="secondary"
      href={recommendationUrl(recommendationId)}
      data-testid={testIds.overview.review(name)}
      aria-label={t('recommendations.reviewLabel', 'Review the recommendation for {{workload}}', { workload: name })}
    >
      {t('recommendations.review', 'Review')}
    </LinkButton>
  );
}
