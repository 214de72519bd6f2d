import React from 'react';
import { Alert, Stack, Text, TextLink } from '@grafana/ui';
import type { Decision } from '../../contract/api.ts';
import { describeChange } from '../audit/describeChange';
import { decisionName } from '../audit/decisionName';
import { auditUrl } from '../routes';
import { spoken } from '../sentences/spoken';
import { testIds } from '../testIds';
import { t } from '../translations';

/** What a click has really done, as the audit has it. */
export function DecisionResult({ decision }: { readonly decision: Decision }) {
  const { what, who, outcome, workload } = decision;
  const change = describeChange(decision);
  return (
    <Alert
      severity={outcome === 'applied' || outcome === 'done' ? 'success' : 'warning'}
      title={t('result.title', '{{what}} {{workload}}: {{outcome}}', {
        what: decisionName(what),
        workload: workload ?? '',
        outcome: spoken(outcome),
      })}
      data-testid={testIds.acting.result}
    >
      <Stack direction="column" gap={0.5}>
        {change !== '' && <Text>{change}</Text>}
        <Text color="secondary">
          {t('result.recorded', 'Recorded as number {{seq}} by {{who}}.', { seq: decision.seq, who })}{' '}
          <TextLink href={auditUrl(workload === null ? {} : { workload })}>
            {t('result.audit', 'Open the audit')}
          </TextLink>
        </Text>
      </Stack>
    </Alert>
  );
}
