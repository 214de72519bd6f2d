import React from 'react';
import { Alert, Button, LinkButton, Stack, Text } from '@grafana/ui';
import { recommendationUrl } from '../../routes';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { proposePlan } from '../../sidecar/proposePlan';
import { useClick } from '../../sidecar/useClick';
import { FailureNotice } from '../../states/FailureNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { PlanTable } from '../../recommendation/PlanTable';
import { planFileOf, planKey, type FrontierPoint } from './model/plans';
import { proposalName } from './model/proposalName';

interface ProposePlanProps {
  readonly workload: string;
  readonly scenario: string;
  readonly point: FrontierPoint;
  /** Epoch seconds that the plan's times count from. */
  readonly cutoff: number;
  readonly timeZone: string;
  readonly isCurrent: boolean;
}

/** The chosen plan over time, and the click that makes it a recommendation. */
export function ProposePlan({ workload, scenario, point, cutoff, timeZone, isCurrent }: ProposePlanProps) {
  const { click, press, reset } = useClick((chosen: FrontierPoint) =>
    proposePlan(workload, {
      plan: planFileOf(proposalName(scenario, chosen.plan), chosen),
      reason: t('scenarios.propose.reason', 'For the scenario {{scenario}}', { scenario }),
    })
  );
  const mayPropose = isAllowed(PERMISSIONS.propose);
  const isOther = point.kind === 'requests';
  const plan = { name: planKey(point), replicas: point.replicas.map(({ at, count }) => ({ at: cutoff + at, count })) };
  return (
    <Stack direction="column" gap={1} data-testid={testIds.scenarios.propose}>
      <PlanTable plan={plan} now={cutoff} timeZone={timeZone} />
      {isOther && (
        <Text color="secondary">
          {t(
            'scenarios.propose.requests',
            'It changes what one replica requests, which is set where the workload is declared: it cannot be proposed from here.'
          )}
        </Text>
      )}
      {!mayPropose && (
        <Text color="secondary">
          {t('scenarios.propose.forbidden', 'To propose a plan you need the permission {{permission}}.', {
            permission: PERMISSIONS.propose,
          })}
        </Text>
      )}
      {mayPropose && !isOther && click.kind !== 'done' && (
        <div>
          <Button
            icon={click.kind === 'running' ? 'spinner' : 'check'}
            disabled={click.kind === 'running' || !isCurrent}
            onClick={() => press(point)}
          >
            {click.kind === 'running'
              ? t('scenarios.propose.running', 'Proposing')
              : t('scenarios.propose.button', 'Propose this plan')}
          </Button>
        </div>
      )}
      {click.kind === 'failed' && <FailureNotice failure={click.failure} onRetry={() => press(point)} />}
      {click.kind === 'done' && (
        <Alert
          severity="success"
          title={t('scenarios.propose.done', 'Proposed: it can be approved or dismissed until it expires')}
          onRemove={reset}
        >
          <LinkButton variant="secondary" size="sm" href={recommendationUrl(click.value.id)}>
            {t('scenarios.propose.see', 'See it among the recommendations')}
          </LinkButton>
        </Alert>
      )}
    </Stack>
  );
}
