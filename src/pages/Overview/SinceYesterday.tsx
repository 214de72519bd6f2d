import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, TextLink, useStyles2 } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { countDecisions, fleetChanges } from '../../fleet/changesSince';
import { auditUrl, PARAMS, workloadUrl } from '../../routes';
import { useDecisions } from '../../sidecar/useDecisions';
import { useYesterday } from '../../sidecar/useYesterday';
import { testIds } from '../../testIds';
import { t } from '../../translations';

const DAY_SECONDS = 86_400;
const LIMIT = 1000;
const MOST_NAMED = 3;

/** What is another than a day ago: who has become likelier to run short, and what was done. */
export function SinceYesterday({ workloads }: { readonly workloads: readonly WorkloadSummary[] }) {
  const styles = useStyles2(getStyles);
  const { resource: yesterday } = useYesterday();
  const { resource: done } = useDecisions({ withinSeconds: DAY_SECONDS, limit: LIMIT });
  const before = yesterday.kind === 'ready' ? yesterday.value : undefined;
  const changes = useMemo(
    () => (before === undefined || before.size === 0 ? undefined : fleetChanges(workloads, before)),
    [workloads, before]
  );
  const counts = useMemo(() => (done.kind === 'ready' ? countDecisions(done.value.decisions) : undefined), [done]);
  if (changes === undefined && counts === undefined) {
    const isComing = yesterday.kind === 'loading' || done.kind === 'loading';
    return isComing ? <div className={styles.line} aria-hidden /> : null;
  }
  return (
    <div className={styles.line} data-testid={testIds.overview.changes}>
      <Text weight="medium">{t('since.title', 'Since yesterday')}</Text>
      {changes !== undefined && (
        <>
          <Names
            names={changes.likelier}
            color="warning"
            text={t('since.likelier', 'likelier to run short: {{count}}', { count: changes.likelier.length })}
          />
          <Names
            names={changes.lessLikely}
            color="success"
            text={t('since.lessLikely', 'less likely: {{count}}', { count: changes.lessLikely.length })}
          />
        </>
      )}
      {counts !== undefined && (
        <>
          <Text color="secondary">
            {t('since.changed', '{{count}} floors changed', {
              count: counts.changed,
              defaultValue_one: '{{count}} floor changed',
            })}
          </Text>
          {counts.rolledBack > 0 && (
            <Text color="warning">{t('since.rolledBack', '{{count}} rolled back', { count: counts.rolledBack })}</Text>
          )}
          {counts.failed > 0 && (
            <Text color="error">{t('since.failed', '{{count}} failed', { count: counts.failed })}</Text>
          )}
          <TextLink href={auditUrl({ [PARAMS.within]: '24h' })}>{t('since.audit', 'Who did what')}</TextLink>
        </>
      )}
    </div>
  );
}

interface NamesProps {
  readonly names: readonly string[];
  readonly color: 'warning' | 'success';
  readonly text: string;
}

function Names({ names, color, text }: NamesProps) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.names}>
      <Text color={names.length === 0 ? 'secondary' : color}>{text}</Text>
      {names.slice(0, MOST_NAMED).map((name) => (
        <TextLink key={name} href={workloadUrl(name)}>
          {name}
        </TextLink>
      ))}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // What is not known yet has its room already: a line, on a narrow page two.
  line: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
    minHeight: `${String(theme.typography.body.lineHeight)}em`,
    [theme.breakpoints.down('sm')]: { minHeight: theme.spacing(6) },
  }),
  names: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1) }),
});
