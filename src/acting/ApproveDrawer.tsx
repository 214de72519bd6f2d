import React, { useEffect, useState } from 'react';
import { Button, Drawer, LoadingPlaceholder, Stack, Text } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { ConfidenceBadge } from '../recommendation/ConfidenceBadge';
import { ChoiceTable } from '../recommendation/ChoiceTable';
import { ExactChange } from '../recommendation/ExactChange';
import { headline } from '../recommendation/headline';
import { approve, rollBack, type Answered, type Seen } from '../sidecar/answers';
import { PERMISSIONS } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { usePreview } from '../sidecar/usePreview';
import { useSeenRecommendation, type SeenRecommendation } from '../sidecar/useRecommendation';
import type { Resource } from '../sidecar/useResource';
import type { PreviewResponse } from '../../contract/acting.ts';
import { FailureNotice } from '../states/FailureNotice';
import { useLatest } from '../hooks/useLatest';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure, isOutdated } from './ClickFailure';
import { DecisionResult } from './DecisionResult';
import { followedUntil } from './followedUntil';
import { movedWords } from './movedWords';

interface ApproveDrawerProps {
  readonly id: string;
  readonly workload: string;
  readonly timeZone: string;
  /** Why it cannot be approved whoever asks. */
  readonly blockOf: (recommendation: Recommendation, now: number) => string | null;
  /** Something was done: what the page shows is no longer so. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** The exact change and the target's own word on it, before it is made; then what was really done, and the way back. */
export function ApproveDrawer({ id, workload, timeZone, blockOf, onChanged, onClose }: ApproveDrawerProps) {
  const { resource, reload } = useSeenRecommendation(id);
  return (
    <Drawer title={t('approve.title', 'Approve: {{workload}}', { workload })} size="md" onClose={onClose}>
      <div data-testid={testIds.acting.approveDrawer}>
        {resource.kind === 'loading' && <LoadingPlaceholder text={t('approve.loading', 'Reading it again…')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' && (
          <Body
            seen={resource.value}
            timeZone={timeZone}
            blockOf={blockOf}
            onLookAgain={reload}
            onChanged={onChanged}
            onClose={onClose}
          />
        )}
      </div>
    </Drawer>
  );
}

interface BodyProps extends Pick<ApproveDrawerProps, 'timeZone' | 'blockOf' | 'onChanged' | 'onClose'> {
  readonly seen: SeenRecommendation;
  readonly onLookAgain: () => void;
}

function Body({ seen, timeZone, blockOf, onLookAgain, onChanged, onClose }: BodyProps) {
  const { recommendation, etag, nowSeconds } = seen;
  const approval = useClick((of: Seen, key) => approve(of, key), onChanged);
  const undo = useClick((id: string, key) => rollBack(id, key), onChanged);
  const [pressed, setPressed] = useState<Recommendation | null>(null);
  const wasOutdated = isOutdated(approval.click);
  const lookAgain = useLatest(onLookAgain);
  // What moved is read at once, so that one more press does it.
  useEffect(() => {
    if (wasOutdated) {
      lookAgain()();
    }
  }, [wasOutdated, lookAgain]);
  if (approval.click.kind === 'done') {
    return <Done approved={approval.click.value} undo={undo} onClose={onClose} />;
  }
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Text element="h3" variant="h4">
          {headline(recommendation)}
        </Text>
        <ConfidenceBadge confidence={recommendation.confidence} />
      </Stack>
      <Preview
        key={etag}
        seen={seen}
        render={(preview, notice) => (
          <>
            {notice}
            <Text color="secondary">{followedUntil(recommendation, timeZone)}</Text>
            <ChoiceTable recommendation={recommendation} now={nowSeconds} timeZone={timeZone} />
            <ClickFailure
              click={approval.click}
              onLookAgain={onLookAgain}
              moved={pressed === null ? [] : movedWords(pressed, recommendation)}
            />
            <Stack direction="row" gap={1} wrap="wrap">
              <ActionButton
                permission={PERMISSIONS.approve}
                blocked={approveBlock(preview, blockOf(recommendation, nowSeconds), approval.click.kind)}
                icon="check"
                testId={testIds.acting.approve}
                onClick={() => {
                  setPressed(recommendation);
                  approval.press({ id: recommendation.id, etag });
                }}
              >
                {preview.kind === 'ready'
                  ? t('approve.press', 'Approve: set the floor to {{floor}}', { floor: preview.value.set.floor })
                  : t('approve.pressUnknown', 'Approve')}
              </ActionButton>
              <Button variant="secondary" onClick={onClose}>
                {t('approve.cancel', 'Cancel')}
              </Button>
            </Stack>
          </>
        )}
      />
    </Stack>
  );
}

function approveBlock(preview: Resource<PreviewResponse>, block: string | null, click: string): string | null {
  if (block !== null) {
    return block;
  }
  if (preview.kind !== 'ready') {
    return t('approve.needsPreview', 'The exact change is not known yet');
  }
  return click === 'running' ? t('approve.running', 'It is being done') : null;
}

interface PreviewProps {
  readonly seen: SeenRecommendation;
  readonly render: (preview: Resource<PreviewResponse>, notice: React.ReactNode) => React.ReactNode;
}

function Preview({ seen, render }: PreviewProps) {
  const { resource, reload } = usePreview(seen.recommendation.id, seen.etag);
  const notice =
    resource.kind === 'loading' ? (
      <LoadingPlaceholder text={t('preview.loading', 'Asking the target what would change…')} />
    ) : resource.kind === 'failed' ? (
      <FailureNotice failure={resource.failure} onRetry={reload} />
    ) : (
      <ExactChange preview={resource.value} />
    );
  return <>{render(resource, notice)}</>;
}

interface DoneProps {
  readonly approved: Answered;
  readonly undo: ReturnType<typeof useClick<string, Answered>>;
  readonly onClose: () => void;
}

function Done({ approved: { recommendation, decision }, undo, onClose }: DoneProps) {
  const { click } = undo;
  return (
    <Stack direction="column" gap={2}>
      <DecisionResult decision={decision} />
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
            onClick={() => undo.press(recommendation.id)}
          >
            {t('approve.undo', 'Roll back')}
          </ActionButton>
        )}
      </Stack>
    </Stack>
  );
}
