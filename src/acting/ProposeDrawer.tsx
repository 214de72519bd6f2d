import React, { useState } from 'react';
import { Button, Drawer, Field, IconButton, Input, Stack, Text } from '@grafana/ui';
import type { ProposalRequest } from '../../contract/acting.ts';
import type { Recommendation } from '../../contract/recommendation.ts';
import { PERMISSIONS } from '../sidecar/permissions';
import { proposePlan } from '../sidecar/proposePlan';
import { useClick } from '../sidecar/useClick';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { problemOfSteps, stepsOf, type DraftStep } from './draftPlan';

interface ProposeDrawerProps {
  readonly recommendation: Recommendation;
  /** Epoch seconds. */
  readonly now: number;
  readonly onProposed: (recommendation: Recommendation) => void;
  readonly onClose: () => void;
}

const PLAN_NAME = 'by-hand';
const REASON_LENGTH = 500;

/** A plan of one's own, begun from one that there was: it is simulated, and then waits for approval like any other. */
export function ProposeDrawer({ recommendation, now, onProposed, onClose }: ProposeDrawerProps) {
  const { workload } = recommendation;
  const [steps, setSteps] = useState<readonly DraftStep[]>(() => stepsOf(recommendation.plan, now));
  const [reason, setReason] = useState('');
  const { click, press } = useClick((request: ProposalRequest) => proposePlan(workload, request), onProposed);
  const problem = problemOfSteps(steps);
  const change = (index: number, step: DraftStep) =>
    setSteps((before) => before.map((each, at) => (at === index ? step : each)));
  return (
    <Drawer
      title={t('propose.title', 'Propose a plan for {{workload}}', { workload })}
      subtitle={t(
        'propose.subtitle',
        'It is simulated on the latest forecast, beside what there is now, and then waits for approval.'
      )}
      size="sm"
      onClose={onClose}
    >
      <Stack direction="column" gap={2}>
        {steps.map((step, index) => (
          <Stack key={index} direction="row" gap={1} alignItems="flex-end">
            <Field noMargin label={t('propose.at', 'From, after')}>
              <Input
                id={`headroom-propose-at-${index}`}
                width={12}
                placeholder="3h"
                value={step.at}
                onChange={(event) => change(index, { ...step, at: event.currentTarget.value })}
              />
            </Field>
            <Field noMargin label={t('propose.count', 'Replicas')}>
              <Input
                id={`headroom-propose-count-${index}`}
                width={12}
                type="number"
                min={0}
                value={step.count}
                onChange={(event) => change(index, { ...step, count: event.currentTarget.value })}
              />
            </Field>
            <IconButton
              name="trash-alt"
              size="lg"
              tooltip={t('propose.remove', 'Remove step {{number}}', { number: index + 1 })}
              aria-label={t('propose.remove', 'Remove step {{number}}', { number: index + 1 })}
              disabled={steps.length === 1}
              onClick={() => setSteps((before) => before.filter((_, at) => at !== index))}
            />
          </Stack>
        ))}
        <div>
          <Button
            variant="secondary"
            size="sm"
            icon="plus"
            onClick={() => setSteps((before) => [...before, { at: '', count: before.at(-1)?.count ?? '' }])}
          >
            {t('propose.add', 'Add a step')}
          </Button>
        </div>
        <Field noMargin label={t('propose.reason', 'Reason')}>
          <Input
            id="headroom-propose-reason"
            maxLength={REASON_LENGTH}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        {problem !== null && <Text color="warning">{problem}</Text>}
        {click.kind === 'running' && <Text color="secondary">{t('propose.running', 'It is being simulated…')}</Text>}
        <ClickFailure click={click} />
        <Stack direction="row" gap={1}>
          <ActionButton
            permission={PERMISSIONS.propose}
            blocked={problem ?? (click.kind === 'running' ? t('approve.running', 'It is being done') : null)}
            testId={testIds.acting.propose}
            onClick={() =>
              press({
                plan: {
                  name: PLAN_NAME,
                  replicas: steps.map(({ at, count }) => ({ at: at.trim(), count: Number(count) })),
                },
                ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
              })
            }
          >
            {t('propose.press', 'Simulate and propose')}
          </ActionButton>
          <Button variant="secondary" onClick={onClose}>
            {t('approve.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}
