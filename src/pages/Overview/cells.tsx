import React from 'react';
import { t } from '../../translations';
import { Box, LinkButton, Stack, Text, TextLink } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { BandSparkline } from '../../charts/BandSparkline';
import { lastNumber } from '../../charts/lastNumber';
import { formatMoney } from '../../formatting/formatMoney';
import { ReplicaChange } from '../../indicators/ReplicaChange';
import { recommendationUrl } from '../../routes';
import { valueFormatter } from '../../formatting/valueFormatter';
import { testIds } from '../../testIds';
import { hourlySaving } from '../../fleet/urgencyOrder';

const SPARKLINE = { width: 128, height: 32 } as const;
/** In units of the theme's spacing: room for an account and a tier in one line. */
const NAME_WIDTH = 17;

interface CellProps {
  readonly workload: WorkloadSummary;
}

/** A workload's name, and whose it is. */
export function NameCell({ workload, href }: CellProps & { readonly href: string }) {
  const { name, tier, region } = workload.account;
  return (
    <Box minWidth={NAME_WIDTH}>
      <Stack direction="column" gap={0}>
        <TextLink href={href} inline={false} weight="medium" data-testid={testIds.overview.workloadLink(workload.name)}>
          {workload.name}
        </TextLink>
        <Text color="secondary" variant="bodySmall">
          {[name, tier, region].filter(Boolean).join(' · ')}
        </Text>
      </Stack>
    </Box>
  );
}

/** The forecast around now of the resource that runs short first, and by which model. */
export function SparklineCell({ workload, now }: CellProps & { readonly now: number }) {
  const { sparkline, resources } = workload;
  if (sparkline === null) {
    return (
      <Text color="secondary" variant="bodySmall">
        {t('overview.noForecast', 'No forecast yet')}
      </Text>
    );
  }
  const resource = resources.find(({ name }) => name === sparkline.resource);
  const format = valueFormatter(resource?.unit ?? '');
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
  return (
    <Stack direction="column" gap={0}>
      <BandSparkline sparkline={sparkline} now={now} label={label} {...SPARKLINE} />
      {resource !== undefined && resource.model !== null && (
        <Text color="secondary" variant="bodySmall">
          {resource.model}
        </Text>
      )}
    </Stack>
  );
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

/** The replicas now and as recommended, with the way to what recommends them. */
export function ReplicasCell({ workload }: CellProps) {
  return (
    <Stack direction="column" gap={0.5} alignItems="flex-start">
      <ReplicaChange replicas={workload.replicas} />
      <ReviewLink workload={workload} />
    </Stack>
  );
}

/** The way to a recommendation that would change something. */
function ReviewLink({ workload: { name, recommendationId, replicas } }: CellProps) {
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
