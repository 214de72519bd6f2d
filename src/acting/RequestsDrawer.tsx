import React from 'react';
import { Button, Drawer, LoadingPlaceholder, Stack, Text } from '@grafana/ui';
import type { RequestsResponse } from '../../contract/requestViews.ts';
import { ExactChange } from '../recommendation/ExactChange';
import { PERMISSIONS } from '../sidecar/permissions';
import { applyRequests, giveBackRequests, type RequestsChanged } from '../sidecar/requests';
import { useClick, type Clickable } from '../sidecar/useClick';
import { useRequestsPreview, useSeenRequests } from '../sidecar/useRequests';
import { FailureNotice } from '../states/FailureNotice';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { DecisionResult } from './DecisionResult';
import { requestsBlock } from './requestsBlock';

interface RequestsDrawerProps {
  readonly workload: string;
  /** Something was done: what the page shows is no longer so. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** The exact change of requests, replica by replica, before it is made; then what was really done, and the way back. */
export function RequestsDrawer({ workload, onChanged, onClose }: RequestsDrawerProps) {
  const { resource, reload } = useSeenRequests(workload);
  const approval = useClick((of: RequestsResponse, key) => applyRequests(of, key), onChanged);
  const undo = useClick((of: string, key) => giveBackRequests(of, key), onChanged);
  return (
    <Drawer title={t('requests.drawer', 'Set requests: {{workload}}', { workload })} size="md" onClose={onClose}>
      <div data-testid={testIds.acting.requestsDrawer}>
        {resource.kind === 'loading' && <LoadingPlaceholder text={t('approve.loading', 'Reading it again…')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' &&
          (approval.click.kind === 'done' ? (
            <Done workload={workload} changed={approval.click.value} undo={undo} onClose={onClose} />
          ) : (
            <Change
              key={resource.value.etag}
              seen={resource.value}
              approval={approval}
              onLookAgain={reload}
              onClose={onClose}
            />
          ))}
      </div>
    </Drawer>
  );
}

interface ChangeProps {
  readonly seen: RequestsResponse;
  readonly approval: Clickable<RequestsResponse, RequestsChanged>;
  readonly onLookAgain: () => void;
  readonly onClose: () => void;
}

function Change({ seen, approval: { click, press }, onLookAgain, onClose }: ChangeProps) {
  const { resource, reload } = useRequestsPreview(seen);
  const isKnown = resource.kind === 'ready';
  const block =
    requestsBlock(seen) ??
    (isKnown ? null : t('approve.needsPreview', 'The exact change is not known yet')) ??
    (click.kind === 'running' ? t('approve.running', 'It is being done') : null);
  return (
    <Stack direction="column" gap={2}>
      <Text color="secondary">
        {seen.state?.way === 'rollout'
          ? t('requests.rollout', 'A rollout: every replica is replaced by one that requests this.')
          : t('requests.resize', 'Replicas as they run, without a restart; replicas that come later follow.')}
      </Text>
      {resource.kind === 'loading' && (
        <LoadingPlaceholder text={t('preview.loading', 'Asking the target what would change…')} />
      )}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {isKnown && <ExactChange preview={resource.value} />}
      <ClickFailure click={click} onLookAgain={onLookAgain} />
      <Stack direction="row" gap={1} wrap="wrap">
        <ActionButton
          permission={PERMISSIONS.approve}
          blocked={block}
          icon="check"
          testId={testIds.acting.applyRequests}
          onClick={() => press(seen)}
        >
          {t('requests.approve', 'Approve: set these requests')}
        </ActionButton>
        <Button variant="secondary" onClick={onClose}>
          {t('approve.cancel', 'Cancel')}
        </Button>
      </Stack>
    </Stack>
  );
}

interface DoneProps {
  readonly workload: string;
  readonly changed: RequestsChanged;
  readonly undo: Clickable<string, RequestsChanged>;
  readonly onClose: () => void;
}

function Done({ workload, changed, undo: { click, press }, onClose }: DoneProps) {
  return (
    <Stack direction="column" gap={2}>
      <DecisionResult decision={changed.decision} />
      {click.kind === 'done' && <DecisionResult decision={click.value.decision} />}
      <ClickFailure click={click} />
      <Stack direction="row" gap={1} wrap="wrap">
        <Button onClick={onClose}>{t('approve.close', 'Close')}</Button>
        {click.kind !== 'done' && (
          <ActionButton
            permission={PERMISSIONS.approve}
            blocked={click.kind === 'running' ? t('approve.running', 'It is being done') : null}
            variant="secondary"
            icon="history"
            testId={testIds.acting.undo}
            onClick={() => press(workload)}
          >
            {t('requests.giveBack', 'Give back what its owner had')}
          </ActionButton>
        )}
      </Stack>
    </Stack>
  );
}
