import React from 'react';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import { ClickFailure } from '../../acting/ClickFailure';
import { formatProbability } from '../../formatting/formatProbability';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { UseButton } from './UseButton';
import { UseInFile } from './UseInFile';
import type { OwnScenarios } from './useOwnScenarios';
import type { ShownScenario } from './useScenariosQuestion';
import { useScenarioUse } from './useScenarioUse';

interface UseControlsProps {
  readonly detail: WorkloadDetail;
  readonly shown: ShownScenario;
  readonly own: OwnScenarios;
  /** The workload is declared otherwise; it is to be read again. */
  readonly onUsed: () => void;
}

/** Whether the workload's recommendations are weighed by a scenario, what that means, and the click that changes it. */
export function UseControls({ detail, shown: { scenario, kept, isChanged }, own, onUsed }: UseControlsProps) {
  const { summary, definition, version } = detail;
  const workload = summary.name;
  const { name } = scenario;
  const isUsed = own.names.includes(name);
  const isKept = kept !== null && !isChanged;
  const scenarios = isUsed ? own.names.filter((each) => each !== name) : [...own.names, name];
  const { changing, undoing, done } = useScenarioUse(onUsed);
  const isRunning = changing.click.kind === 'running' || undoing.click.kind === 'running';
  return (
    <Stack direction="column" gap={1} data-testid={testIds.scenarios.use}>
      <Text variant="bodySmall" color="secondary">
        {wordsOf({ workload, isUsed, weight: own.weights.get(name) })}
      </Text>
      {definition !== null && version != null ? (
        <UseButton
          workload={workload}
          isUsed={isUsed}
          isKept={isKept}
          isRunning={isRunning}
          onClick={() => changing.press({ scenario: name, isUsed: !isUsed, scenarios, definition, version })}
        />
      ) : (
        <UseInFile workload={workload} isUsed={isUsed} isKept={isKept} scenarios={scenarios} />
      )}
      <ClickFailure click={changing.click} onLookAgain={onUsed} />
      <ClickFailure click={undoing.click} />
      {done !== null && (
        <Alert
          severity="success"
          title={
            done.isUsed
              ? t('scenarios.use.started', '{{scenario}} is used for {{workload}}', {
                  scenario: done.scenario,
                  workload,
                })
              : t('scenarios.use.stopped', '{{scenario}} is no longer used for {{workload}}', {
                  scenario: done.scenario,
                  workload,
                })
          }
          onRemove={changing.reset}
        >
          <Button size="sm" variant="secondary" icon="history" disabled={isRunning} onClick={() => undoing.press(done)}>
            {t('scenarios.use.undo', 'Undo')}
          </Button>
        </Alert>
      )}
    </Stack>
  );
}

interface Words {
  readonly workload: string;
  readonly isUsed: boolean;
  readonly weight: number | undefined;
}

function wordsOf({ workload, isUsed, weight }: Words): string {
  if (!isUsed) {
    return t(
      'scenarios.use.meaning',
      'Used for {{workload}}, its recommendations would prepare for it as far as the present follows it.',
      { workload }
    );
  }
  return weight === undefined
    ? t(
        'scenarios.use.is',
        'Used for {{workload}}: its recommendations prepare for it as far as the present follows it.',
        { workload }
      )
    : t(
        'scenarios.use.isWeighed',
        'Used for {{workload}}: its recommendations prepare for it as far as the present follows it, which is {{weight}} now.',
        { workload, weight: formatProbability(weight) }
      );
}
