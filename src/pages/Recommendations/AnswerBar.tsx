import React, { useState } from 'react';
import { css } from '@emotion/css';
import { locationService } from '@grafana/runtime';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, Text, useStyles2 } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import type { Recommendation } from '../../../contract/recommendation.ts';
import { ActionButton } from '../../acting/ActionButton';
import { approvalBlock } from '../../acting/approvalBlock';
import { ApproveDrawer } from '../../acting/ApproveDrawer';
import { ClickFailure } from '../../acting/ClickFailure';
import { DismissModal } from '../../acting/DismissModal';
import { ProposeDrawer } from '../../acting/ProposeDrawer';
import { RollBackModal } from '../../acting/RollBackModal';
import { SnoozeButton } from '../../acting/SnoozeButton';
import { ConfidenceBadge } from '../../recommendation/ConfidenceBadge';
import { ExpiryText } from '../../recommendation/ExpiryText';
import { isOpen } from '../../recommendation/isOpen';
import { stateName } from '../../recommendation/stateName';
import { StateBadge } from '../../recommendation/StateBadge';
import { recommendationUrl } from '../../routes';
import { dismiss, snooze } from '../../sidecar/answers';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useClick } from '../../sidecar/useClick';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface AnswerBarProps {
  readonly recommendation: Recommendation;
  readonly summary: WorkloadSummary | undefined;
  /** Epoch seconds by the sidecar's clock. */
  readonly now: number;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

/** How a recommendation stands and what can be made of it; what cannot be pressed says why. */
export function AnswerBar({ recommendation, summary, now, timeZone, onChanged }: AnswerBarProps) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState<'approve' | 'dismiss' | 'rollBack' | 'propose' | null>(null);
  const { id, workload, state, action } = recommendation;
  const close = () => setOpen(null);
  const dismissal = useClick(
    (reason: string) => dismiss(id, reason),
    () => {
      close();
      onChanged();
    }
  );
  const snoozing = useClick((until: number) => snooze(id, until), onChanged);
  const isStanding = isOpen(recommendation, now);
  const closed = isStanding ? null : closedReason(recommendation);
  const blockOf = (of: Recommendation, at: number) =>
    of.action === 'hold' && of.proposedBy === undefined
      ? t('approve.hold', 'There is nothing to do: it says to hold')
      : approvalBlock(of, summary, at);
  return (
    <Stack direction="column" gap={1}>
      <div className={styles.bar}>
        <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
          <StateBadge state={state} />
          <ConfidenceBadge confidence={recommendation.confidence} />
          {isStanding && (
            <Text color="secondary">
              {t('recommendation.expires', 'Stands for')} <ExpiryText recommendation={recommendation} now={now} />
            </Text>
          )}
        </Stack>
        <Stack direction="row" gap={1} wrap="wrap">
          {state === 'applied' || state === 'approved' ? (
            <ActionButton
              permission={PERMISSIONS.approve}
              variant="destructive"
              icon="history"
              testId={testIds.acting.rollBack}
              onClick={() => setOpen('rollBack')}
            >
              {t('recommendation.rollBack', 'Roll back…')}
            </ActionButton>
          ) : (
            <ActionButton
              permission={PERMISSIONS.approve}
              blocked={blockOf(recommendation, now)}
              icon="check"
              testId={testIds.recommendation.approve}
              onClick={() => setOpen('approve')}
            >
              {t('recommendation.approve', 'Approve…')}
            </ActionButton>
          )}
          <SnoozeButton
            blocked={snoozing.click.kind === 'running' ? t('approve.running', 'It is being done') : closed}
            onSnooze={(seconds) => snoozing.press(now + seconds)}
          />
          <ActionButton
            permission={PERMISSIONS.propose}
            blocked={closed}
            variant="secondary"
            icon="times"
            onClick={() => setOpen('dismiss')}
          >
            {t('recommendation.dismiss', 'Dismiss…')}
          </ActionButton>
          <ActionButton
            permission={PERMISSIONS.propose}
            variant="secondary"
            icon="edit"
            testId={testIds.recommendation.propose}
            onClick={() => setOpen('propose')}
          >
            {isStanding || action === 'hold'
              ? t('recommendation.propose', 'Propose another plan…')
              : t('recommendation.proposeAgain', 'Propose again…')}
          </ActionButton>
        </Stack>
      </div>
      <ClickFailure click={snoozing.click} />
      {open === 'approve' && (
        <ApproveDrawer
          id={id}
          workload={workload}
          timeZone={timeZone}
          blockOf={blockOf}
          onChanged={onChanged}
          onClose={close}
        />
      )}
      {open === 'dismiss' && (
        <DismissModal
          subject={workload}
          isRunning={dismissal.click.kind === 'running'}
          onDismiss={dismissal.press}
          onClose={close}
        >
          <ClickFailure click={dismissal.click} />
        </DismissModal>
      )}
      {open === 'rollBack' && <RollBackModal recommendation={recommendation} onChanged={onChanged} onClose={close} />}
      {open === 'propose' && (
        <ProposeDrawer
          recommendation={recommendation}
          now={now}
          onProposed={(proposed) => locationService.push(recommendationUrl(proposed.id))}
          onClose={close}
        />
      )}
    </Stack>
  );
}

function closedReason({ state }: Recommendation): string {
  return state === 'proposed' || state === 'snoozed' || state === 'expired'
    ? t('approve.expired', 'It has expired: look at the one that stands now')
    : t('approve.answered', 'It is {{state}} already', { state: stateName(state).toLowerCase() });
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
});
