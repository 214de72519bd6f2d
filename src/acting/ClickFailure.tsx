import React from 'react';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import type { Click } from '../sidecar/useClick';
import { explainFailure } from '../states/explainFailure';
import { testIds } from '../testIds';
import { t } from '../translations';

interface ClickFailureProps {
  readonly click: Click<unknown>;
  /** Reads anew what was looked at; for what has changed since. */
  readonly onLookAgain?: () => void;
  /** What is another than when it was looked at; empty while that is not known. */
  readonly moved?: readonly string[];
}

const OUTDATED = 'ACTING_OUTDATED';

/** Whether a click was refused since what was looked at has changed. */
export function isOutdated(click: Click<unknown>): boolean {
  return click.kind === 'failed' && click.failure.kind === 'problem' && click.failure.problem.code === OUTDATED;
}

/** Why a click was refused, by its code in words; or that nobody knows yet whether it was done. */
export function ClickFailure({ click, onLookAgain, moved = [] }: ClickFailureProps) {
  if (click.kind !== 'failed') {
    return null;
  }
  const { failure, isOutcomeUnknown } = click;
  if (failure.kind === 'problem' && failure.problem.code === OUTDATED) {
    return (
      <Alert
        severity="warning"
        title={t('click.outdated', 'It has changed since you looked at it')}
        data-testid={testIds.acting.failure}
      >
        <Stack direction="column" gap={1} alignItems="flex-start">
          {moved.map((words) => (
            <Text key={words}>{words}</Text>
          ))}
          <Text>
            {moved.length > 0
              ? t('click.outdatedPress', 'Nothing was done. Press once more to approve what it says now.')
              : t('click.outdatedDetail', 'Nothing was done. Look at what it says now, then decide again.')}
          </Text>
          {onLookAgain !== undefined && moved.length === 0 && (
            <Button variant="secondary" size="sm" icon="sync" onClick={onLookAgain}>
              {t('click.lookAgain', 'Look again')}
            </Button>
          )}
        </Stack>
      </Alert>
    );
  }
  const { title, detail, action } = explainFailure(failure, true);
  return (
    <Alert severity={isOutcomeUnknown ? 'warning' : 'error'} title={title} data-testid={testIds.acting.failure}>
      <Stack direction="column" gap={0.5}>
        {detail !== '' && <Text>{detail}</Text>}
        {action !== '' && <Text>{action}</Text>}
        <Text>
          {isOutcomeUnknown
            ? t(
                'click.unknown',
                'It is not known whether it was done. Press again: it is the same click, and acts once.'
              )
            : t('click.nothing', 'Nothing was changed.')}
        </Text>
      </Stack>
    </Alert>
  );
}
