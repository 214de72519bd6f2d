import React, { memo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../translations';
import { LinkButton, TextLink, useStyles2 } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { formatMoney } from '../../formatting/formatMoney';
import { Lines } from '../../indicators/Lines';
import { ReplicaChange } from '../../indicators/ReplicaChange';
import { Tone } from '../../indicators/Tone';
import { recommendationUrl } from '../../routes';
import { testIds } from '../../testIds';
import { hourlySaving } from '../../fleet/urgencyOrder';

/** In units of the theme's spacing: room for an account and a tier in one line. */
const NAME_WIDTH = 17;

interface CellProps {
  readonly workload: WorkloadSummary;
}

/** A workload's name, and whose it is. */
export const NameCell = memo(function NameCell({ workload, href }: CellProps & { readonly href: string }) {
  const styles = useStyles2(getStyles);
  const { name, tier, region } = workload.account;
  return (
    <div className={styles.name}>
      <Lines>
        <TextLink href={href} inline={false} weight="medium" data-testid={testIds.overview.workloadLink(workload.name)}>
          {workload.name}
        </TextLink>
        <Tone color="secondary" isSmall>
          {[name, tier, region].filter(Boolean).join(' · ')}
        </Tone>
      </Lines>
    </div>
  );
});

/** What an hour costs now, and what following the recommendation saves or adds. */
export const CostCell = memo(function CostCell({ workload }: CellProps) {
  const { current, currency } = workload.costHourly;
  const saving = hourlySaving(workload);
  return (
    <Lines>
      <Tone>{formatMoney(current, currency)}</Tone>
      {saving !== null && saving !== 0 && (
        <Tone isSmall color={saving > 0 ? 'success' : 'secondary'}>
          {saving > 0
            ? t('overview.saves', 'saves {{amount}}', { amount: formatMoney(saving, currency) })
            : t('overview.adds', 'adds {{amount}}', { amount: formatMoney(-saving, currency) })}
        </Tone>
      )}
    </Lines>
  );
});

/** The replicas now and as recommended, with the way to what recommends them. */
export const ReplicasCell = memo(function ReplicasCell({ workload }: CellProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.replicas}>
      <ReplicaChange replicas={workload.replicas} />
      <ReviewLink workload={workload} />
    </div>
  );
});

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

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ minWidth: theme.spacing(NAME_WIDTH) }),
  replicas: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
  }),
});
