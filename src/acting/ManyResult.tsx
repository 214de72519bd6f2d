import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import { explainFailure } from '../states/explainFailure';
import { testIds } from '../testIds';
import { t } from '../translations';
import type { ManyOutcome } from './useMany';

interface ManyResultProps {
  /** What was done, as in "3 of 4 approved". */
  readonly what: string;
  readonly outcomes: readonly ManyOutcome[];
  readonly onClose?: () => void;
}

/** What became of each of many. */
export function ManyResult({ what, outcomes, onClose }: ManyResultProps) {
  const styles = useStyles2(getStyles);
  const failed = outcomes.filter(({ failure }) => failure !== null);
  return (
    <Alert
      severity={failed.length === 0 ? 'success' : 'warning'}
      title={t('many.result', '{{done}} of {{total}} {{what}}', {
        done: outcomes.length - failed.length,
        total: outcomes.length,
        what,
      })}
      onRemove={onClose}
      data-testid={testIds.acting.result}
    >
      <ul className={styles.list}>
        {outcomes.map(({ workload, failure }) => (
          <li key={workload}>
            {workload}: {failure === null ? what : explainFailure(failure, true).title}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ list: css({ margin: 0, paddingLeft: theme.spacing(2.5) }) });
