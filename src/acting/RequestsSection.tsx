import React, { useState } from 'react';
import { Alert, LoadingPlaceholder, Stack, Text } from '@grafana/ui';
import type { RequestsResponse } from '../../contract/requestViews.ts';
import { Section } from '../pages/Section';
import { Reasons } from '../recommendation/Reasons';
import { Sentence } from '../sentences/Sentence';
import { spoken } from '../sentences/spoken';
import { PERMISSIONS } from '../sidecar/permissions';
import { giveBackRequests } from '../sidecar/requests';
import { useClick } from '../sidecar/useClick';
import { useRequests } from '../sidecar/useRequests';
import { FailureNotice } from '../states/FailureNotice';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { DecisionResult } from './DecisionResult';
import { requestsBlock } from './requestsBlock';
import { RequestsDrawer } from './RequestsDrawer';
import { RequestsTable } from './RequestsTable';

interface RequestsSectionProps {
  readonly workload: string;
  readonly onChanged: () => void;
}

/** Requests of cpu and memory as they stand and as advised, and what sets them or gives them back. */
export function RequestsSection({ workload, onChanged }: RequestsSectionProps) {
  const { resource, reload } = useRequests(workload);
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <Section title={t('requests.title', 'Requests')} testId={testIds.acting.requests}>
      {resource.kind === 'loading' && <LoadingPlaceholder text="" />}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {resource.kind === 'ready' && <Body requests={resource.value} onChanged={changed} />}
    </Section>
  );
}

interface BodyProps {
  readonly requests: RequestsResponse;
  readonly onChanged: () => void;
}

function Body({ requests, onChanged }: BodyProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { workload, target, advice, state, decision } = requests;
  const back = useClick((of: string, key) => giveBackRequests(of, key), onChanged);
  if (advice.length === 0 && target === null) {
    return (
      <Text color="secondary">
        {t('requests.none', 'Nothing is advised: it takes a day of measured use of cpu or memory, and of replicas.')}
      </Text>
    );
  }
  return (
    <Stack direction="column" gap={2}>
      <Troubles requests={requests} />
      <RequestsTable requests={requests} />
      {decision !== null && <Reasons reasons={decision.reasons} />}
      <ClickFailure click={back.click} />
      {back.click.kind === 'done' && <DecisionResult decision={back.click.value.decision} />}
      <Stack direction="row" gap={1} wrap="wrap">
        <ActionButton
          permission={PERMISSIONS.approve}
          blocked={requestsBlock(requests)}
          icon="check"
          testId={testIds.acting.openRequests}
          onClick={() => setIsOpen(true)}
        >
          {t('requests.set', 'Set what is advised…')}
        </ActionButton>
        {state?.isHeld === true && (
          <ActionButton
            permission={PERMISSIONS.approve}
            blocked={back.click.kind === 'running' ? t('approve.running', 'It is being done') : null}
            variant="secondary"
            icon="history"
            testId={testIds.acting.giveBackRequests}
            onClick={() => back.press(workload)}
          >
            {t('requests.giveBack', 'Give back what its owner had')}
          </ActionButton>
        )}
      </Stack>
      {isOpen && <RequestsDrawer workload={workload} onChanged={onChanged} onClose={() => setIsOpen(false)} />}
    </Stack>
  );
}

/** What keeps it from being set, or makes what is shown less sure. */
function Troubles({ requests: { problem, state } }: Pick<BodyProps, 'requests'>) {
  const { conflicts, replicas } = state ?? { conflicts: [], replicas: { total: 0, behind: 0, refused: [] } };
  return (
    <>
      {problem !== null && (
        <Alert severity="error" title={t('scaling.problem', 'The target fails')}>
          <Sentence text={problem} />
        </Alert>
      )}
      {conflicts.length > 0 && (
        <Alert severity="warning" title={t('scaling.conflicts', 'Somebody else changes it too')}>
          {conflicts.map(spoken).join('. ')}
        </Alert>
      )}
      {replicas.refused.length > 0 && (
        <Alert severity="warning" title={t('requests.refused', 'A node has no room for it')}>
          {replicas.refused.map(spoken).join(', ')}
        </Alert>
      )}
      {state?.isHeld === true && replicas.behind > 0 && (
        <Text color="secondary">
          {t('requests.behind', '{{behind}} of {{total}} replicas do not have it yet.', replicas)}
        </Text>
      )}
    </>
  );
}
