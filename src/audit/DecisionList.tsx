import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, TextLink, useStyles2 } from '@grafana/ui';
import type { Decision } from '../../contract/api.ts';
import { formatTime } from '../formatting/formatTime';
import { recommendationUrl, workloadUrl } from '../routes';
import { Sentence } from '../sentences/Sentence';
import { spoken } from '../sentences/spoken';
import { t } from '../translations';
import { decisionName } from './decisionName';
import { describeChange, recommendationOf } from './describeChange';

interface DecisionListProps {
  readonly decisions: readonly Decision[];
  readonly timeZone: string;
}

/** Decisions, newest first: when, who, what, how it ended and why. */
export function DecisionList({ decisions, timeZone }: DecisionListProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('audit.column.time', 'Time')}</th>
            <th scope="col">{t('audit.column.who', 'Who')}</th>
            <th scope="col">{t('audit.column.what', 'What')}</th>
            <th scope="col">{t('audit.column.change', 'Change')}</th>
            <th scope="col">{t('audit.column.outcome', 'How it ended')}</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <Row key={decision.seq} decision={decision} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Who decides where nobody did: its reasons are the sidecar’s sentences, a person's are as they wrote them. */
const HEADROOM = 'headroom';

function Row({ decision, timeZone }: { readonly decision: Decision; readonly timeZone: string }) {
  const { at, who, what, workload, why, outcome } = decision;
  const recommendation = recommendationOf(decision);
  return (
    <tr>
      <td>
        <Text tabular>{formatTime(at, timeZone)}</Text>
      </td>
      <td>{who}</td>
      <td>
        {decisionName(what)}{' '}
        {workload === null ? (
          t('audit.fleet', 'all workloads')
        ) : (
          <TextLink href={workloadUrl(workload)}>{workload}</TextLink>
        )}
      </td>
      <td>
        {describeChange(decision)}
        {recommendation !== null && (
          <>
            {' '}
            <TextLink href={recommendationUrl(recommendation)}>{t('audit.recommendation', 'recommendation')}</TextLink>
          </>
        )}
      </td>
      <td>
        <Text color={outcome.startsWith('failed') ? 'error' : 'primary'}>
          <Sentence text={outcome} />
        </Text>
        {why.map((reason) => (
          <div key={reason}>
            <Text color="secondary" variant="bodySmall">
              {who === HEADROOM ? <Sentence text={reason} /> : spoken(reason)}
            </Text>
          </div>
        ))}
      </td>
    </tr>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', maxWidth: '100%' }),
  table: css({
    width: '100%',
    minWidth: theme.spacing(90),
    borderCollapse: 'collapse',
    'th, td': {
      padding: theme.spacing(0.75, 2, 0.75, 0),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    'th:nth-child(-n+4), td:nth-child(-n+4)': { whiteSpace: 'nowrap' },
    th: {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
    },
  }),
});
