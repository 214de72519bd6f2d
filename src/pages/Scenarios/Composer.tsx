import React, { memo } from 'react';
import { Alert, Badge, Button, Combobox, Dropdown, Input, Menu, Stack, Text, type ComboboxOption } from '@grafana/ui';
import type { KeptScenario, Scenario } from '../../../contract/scenario.ts';
import { nameSchema } from '../../../contract/scalars.ts';
import { Sentence } from '../../sentences/Sentence';
import { spoken } from '../../sentences/spoken';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { ChangeCard } from './ChangeCard';
import { changeTemplates } from './model/changeTemplates';
import { changesOf, withChanges, type Change } from './model/changes';
import type { AskedScenario } from './model/scenarioParams';
import type { ShownScenario } from './useScenariosQuestion';

export interface ComposerProps {
  readonly shown: ShownScenario;
  readonly kept: readonly KeptScenario[];
  /** The names kept for the workload: they come first. */
  readonly own: readonly string[];
  readonly targets: readonly string[];
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  readonly onEdit: (scenario: Scenario, isMoving: boolean) => void;
  readonly onReplace: (scenario: AskedScenario) => void;
}

/** Where a scenario is put together: one that is kept to begin with, its changes, and more of them. */
export const Composer = memo(function Composer(props: ComposerProps) {
  const { shown, kept, own, targets, stepSeconds, horizonSeconds, onEdit, onReplace } = props;
  const { scenario, isChanged } = shown;
  const changes = changesOf(scenario);
  const edit = (next: readonly Change[], isMoving: boolean) => onEdit(withChanges(scenario, next), isMoving);
  const isNameValid = nameSchema.safeParse(scenario.name).success;
  const use = shown.kept?.use ?? scenario.description;
  return (
    <Stack direction="column" gap={1.5} data-testid={testIds.scenarios.composer}>
      <Combobox<string>
        aria-label={t('scenarios.choose', 'Scenario to begin with')}
        data-testid={testIds.scenarios.choose}
        placeholder={t('scenarios.choosePlaceholder', 'Begin with a kept scenario')}
        options={keptOptions(kept, own)}
        value={isChanged ? null : scenario.name}
        onChange={({ value }) => onReplace({ kind: 'kept', name: value })}
      />
      <Stack direction="row" gap={1} alignItems="center">
        <Input
          aria-label={t('scenarios.name', 'Name')}
          data-testid={testIds.scenarios.name}
          value={scenario.name}
          invalid={!isNameValid}
          maxLength={63}
          onChange={({ currentTarget: { value } }) => onEdit({ ...scenario, name: value }, true)}
          onBlur={() => isNameValid && onEdit(scenario, false)}
        />
        {isChanged && <Badge color="blue" text={t('scenarios.changed', 'Not saved')} />}
      </Stack>
      {!isNameValid && (
        <Text variant="bodySmall" color="error">
          {t(
            'scenarios.nameRule',
            'A name has 1 to 63 of a-z, 0-9, “.”, “_” and “-”, and begins and ends with a letter or digit.'
          )}
        </Text>
      )}
      {use !== undefined && use !== null && use !== '' && (
        <Text variant="bodySmall" color="secondary">
          {shown.kept?.origin === 'built-in' ? <Sentence text={use} /> : use}
        </Text>
      )}
      {changes.length === 0 && (
        <Alert severity="info" title={t('scenarios.nothing', 'Nothing is changed yet')}>
          {t('scenarios.nothingHow', 'Add a change, or begin with a kept scenario.')}
        </Alert>
      )}
      {changes.map((change, index) => (
        <ChangeCard
          key={`${index} ${change.kind}`}
          change={change}
          targets={targets}
          stepSeconds={stepSeconds}
          horizonSeconds={horizonSeconds}
          onChange={(next, isMoving) =>
            edit(
              changes.map((each, position) => (position === index ? next : each)),
              isMoving
            )
          }
          onRemove={() =>
            edit(
              changes.filter((_, position) => position !== index),
              false
            )
          }
        />
      ))}
      <div>
        <Dropdown
          overlay={
            <Menu>
              {changeTemplates().map(({ key, name, icon, changes: added }) => (
                <Menu.Item key={key} label={name} icon={icon} onClick={() => edit([...changes, ...added], false)} />
              ))}
            </Menu>
          }
        >
          <Button variant="secondary" icon="plus" size="sm" data-testid={testIds.scenarios.addChange}>
            {t('scenarios.addChange', 'Add a change')}
          </Button>
        </Dropdown>
      </div>
    </Stack>
  );
});

function keptOptions(kept: readonly KeptScenario[], own: readonly string[]): Array<ComboboxOption<string>> {
  const isOwn = ({ name }: KeptScenario) => own.includes(name);
  return [...kept]
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
    .map((each) => ({
      value: each.name,
      label: each.name,
      description:
        each.scenario.description === undefined
          ? each.changes.map(spoken).join('; ')
          : spoken(each.scenario.description),
      group: isOwn(each)
        ? t('scenarios.group.own', 'Kept for this workload')
        : each.origin === 'stored'
          ? t('scenarios.group.stored', 'Saved')
          : t('scenarios.group.shipped', 'Shipped'),
    }));
}
