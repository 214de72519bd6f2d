import React from 'react';
import { Button, IconButton, Stack, Tab, TabsBar } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { MOST_SCENARIOS } from './model/scenarioParams';
import type { ShownScenario } from './useScenariosQuestion';

interface ScenarioTabsProps {
  readonly shown: readonly ShownScenario[];
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
}

/** The scenarios that are compared, one of which is edited. */
export function ScenarioTabs({ shown, active, onActive, onAdd, onRemove }: ScenarioTabsProps) {
  return (
    <Stack direction="column" gap={1}>
      <div data-testid={testIds.scenarios.tabs}>
        <TabsBar>
          {shown.map(({ scenario }, index) => (
            <Tab
              key={index}
              label={scenario.name === '' ? '–' : scenario.name}
              active={index === active}
              onChangeTab={(event) => {
                event.preventDefault();
                onActive(index);
              }}
            />
          ))}
        </TabsBar>
      </div>
      <Stack direction="row" gap={1} alignItems="center" justifyContent="space-between">
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          disabled={shown.length >= MOST_SCENARIOS}
          tooltip={
            shown.length >= MOST_SCENARIOS
              ? t('scenarios.full', 'At most {{count}} can be compared', { count: MOST_SCENARIOS })
              : undefined
          }
          data-testid={testIds.scenarios.addScenario}
          onClick={onAdd}
        >
          {t('scenarios.addScenario', 'Compare another')}
        </Button>
        {shown.length > 1 && (
          <IconButton
            name="times"
            aria-label={t('scenarios.removeScenario', 'Take {{name}} out of the comparison', {
              name: shown[active]?.scenario.name ?? '',
            })}
            onClick={onRemove}
          />
        )}
      </Stack>
    </Stack>
  );
}
