import React, { useState } from 'react';
import { Alert, Badge, Stack, Text } from '@grafana/ui';
import type { ModelRoles } from '../../../contract/models.ts';
import { ActionButton } from '../../acting/ActionButton';
import { formatDuration } from '../../formatting/formatDuration';
import { formatTime } from '../../formatting/formatTime';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import type { LearntRole } from './learntRoles';
import { RoleDialogs, type Asked } from './RoleDialogs';
import { TrialProgress } from './TrialProgress';
import { versionName } from './versionName';

interface RolesSectionProps {
  readonly workload: string;
  readonly learnt: readonly LearntRole[];
  /** Whether a model is being trained for it now. */
  readonly isTraining: boolean;
  readonly promotion: 'auto' | 'approve';
  readonly now: number;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

type Standing = NonNullable<ModelRoles['champion']>;

/** Who is in charge of each learnt model, who is on trial, and what can be done about it. */
export function RolesSection(props: RolesSectionProps) {
  const { workload, learnt, promotion, onChanged } = props;
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Section title={t('models.roles.title', 'Champion and challengers')} testId={testIds.models.roles}>
      <Stack direction="column" gap={3}>
        <Text color="secondary">
          {promotion === 'auto'
            ? t(
                'models.roles.auto',
                'A challenger forecasts in shadow and is put in charge by itself once it is better with a certainty of 95%, however often one looks.'
              )
            : t(
                'models.roles.approve',
                'A challenger forecasts in shadow; once it is better it waits for a person to promote it.'
              )}
        </Text>
        {learnt.length === 0 && (
          <Text>{t('models.roles.none', 'No learnt model takes part in the forecasts of this workload.')}</Text>
        )}
        {learnt.map((each) => (
          <OneModel key={each.name} {...props} learnt={each} onAsk={setAsked} />
        ))}
      </Stack>
      {asked !== null && (
        <RoleDialogs workload={workload} asked={asked} onDone={onChanged} onClose={() => setAsked(null)} />
      )}
    </Section>
  );
}

interface OneModelProps extends Omit<RolesSectionProps, 'learnt'> {
  readonly learnt: LearntRole;
  readonly onAsk: (asked: Asked) => void;
}

function OneModel({ learnt, isTraining, now, timeZone, onAsk }: OneModelProps) {
  const { name, inForce, roles, refused } = learnt;
  const champion = roles?.champion ?? null;
  const championName =
    champion !== null
      ? versionName(champion)
      : inForce === null
        ? t('models.roles.nobody', 'nobody')
        : versionName({ origin: inForce.workload === null ? 'shipped' : 'tuned', version: inForce.version });
  const lastGood = roles?.lastGood ?? null;
  const challenger = roles?.challenger ?? null;
  const promote = (version: Standing) => onAsk({ kind: 'promote', name, version, champion: championName });
  return (
    <Stack direction="column" gap={1.5}>
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center" justifyContent="space-between">
        <Text element="h4" variant="h5">
          {name}
        </Text>
        <Stack direction="row" gap={1} wrap="wrap">
          <ActionButton
            permission={PERMISSIONS.admin}
            blocked={isTraining ? t('models.retrain.runs', 'A model of this workload is being trained now') : null}
            variant="secondary"
            size="sm"
            icon="sync"
            label={t('models.retrain.label', 'Retrain {{name}}', { name })}
            testId={testIds.models.retrain(name)}
            onClick={() => onAsk({ kind: 'retrain', name })}
          >
            {t('models.retrain.press', 'Retrain')}
          </ActionButton>
          <ActionButton
            permission={PERMISSIONS.admin}
            blocked={challenger === null ? t('models.promote.nobody', 'Nobody is on trial') : null}
            variant="secondary"
            size="sm"
            icon="arrow-up"
            label={t('models.promote.label', 'Promote the challenger of {{name}}', { name })}
            testId={testIds.models.promote(name)}
            onClick={() => challenger !== null && promote(challenger)}
          >
            {t('models.promote.press', 'Promote')}
          </ActionButton>
          <ActionButton
            permission={PERMISSIONS.admin}
            blocked={lastGood === null ? t('models.rollBack.nobody', 'Nobody was in charge before') : null}
            variant="secondary"
            size="sm"
            icon="history"
            label={t('models.rollBack.label', 'Roll {{name}} back', { name })}
            testId={testIds.models.rollBack(name)}
            onClick={() =>
              lastGood !== null &&
              onAsk({ kind: 'rollBack', name, lastGood: versionName(lastGood), champion: championName })
            }
          >
            {t('models.rollBack.press', 'Roll back')}
          </ActionButton>
        </Stack>
      </Stack>
      {roles?.problem != null && <Alert severity="warning" title={roles.problem} />}
      {refused.map(({ version, reason }) => (
        <Alert
          key={version}
          severity="warning"
          title={t('models.roles.refused', '{{version}} cannot be used: {{reason}}', { version, reason: reason ?? '' })}
        />
      ))}
      <SimpleTable
        caption={t('models.roles.caption', 'Roles of {{name}}', { name })}
        isCaptionHidden
        columns={[
          t('models.roles.role', 'Role'),
          t('models.roles.version', 'Version'),
          t('models.roles.since', 'Since'),
          t('models.roles.by', 'By'),
          t('models.roles.why', 'Why'),
          '',
        ]}
        rows={[
          champion === null
            ? { key: 'champion', cells: [<Role key="role" role="champion" />, championName, '–', '–', '–', ''] }
            : roleRow('champion', champion, now, timeZone),
          ...(challenger === null ? [] : [roleRow('challenger', challenger, now, timeZone)]),
          ...(lastGood === null ? [] : [roleRow('lastGood', lastGood, now, timeZone)]),
          ...(roles?.benched ?? []).map((each) => roleRow('benched', each, now, timeZone, () => promote(each))),
        ]}
      />
      {(roles?.trials ?? []).map((trial) => (
        <TrialProgress key={[trial.kind, trial.origin, trial.version].join(' ')} trial={trial} />
      ))}
      <TrainingState roles={roles} now={now} />
    </Stack>
  );
}

function TrainingState({ roles, now }: { readonly roles: ModelRoles | null; readonly now: number }) {
  const training = roles?.training ?? null;
  if (training === null) {
    return null;
  }
  const { lastAt, lastOutcome, lastReason, failures, retryAt, wanted } = training;
  const parts = [
    ...(lastAt === null
      ? []
      : [
          t('models.training.last', 'Last trained {{ago}} ago: {{outcome}}', {
            ago: formatDuration(now - lastAt),
            outcome: [lastOutcome, lastReason].filter(Boolean).join(', '),
          }),
        ]),
    ...(wanted === null ? [] : [t('models.training.wanted', 'A training waits: {{why}}', { why: wanted })]),
    ...(failures === 0 ? [] : [t('models.training.failures', 'Failed in a row: {{count}}', { count: failures })]),
    ...(retryAt === null || retryAt <= now
      ? []
      : [t('models.training.retry', 'tried again in {{time}}', { time: formatDuration(retryAt - now) })]),
  ];
  return parts.length === 0 ? null : <Text color={failures > 0 ? 'warning' : 'secondary'}>{parts.join('. ')}</Text>;
}

type RoleName = 'champion' | 'challenger' | 'lastGood' | 'benched';

function Role({ role }: { readonly role: RoleName }) {
  switch (role) {
    case 'champion':
      return <Badge color="green" text={t('models.role.champion', 'Champion')} />;
    case 'challenger':
      return <Badge color="blue" text={t('models.role.challenger', 'Challenger')} />;
    case 'lastGood':
      return <Badge color="darkgrey" text={t('models.role.lastGood', 'Last good')} />;
    case 'benched':
      return <Badge color="orange" text={t('models.role.benched', 'Benched')} />;
  }
}

function roleRow(role: RoleName, standing: Standing, now: number, timeZone: string, onPromote?: () => void) {
  return {
    key: [role, standing.origin, standing.version].join(' '),
    cells: [
      <Role key="role" role={role} />,
      versionName(standing),
      t('models.roles.sinceAgo', '{{time}}, {{ago}} ago', {
        time: formatTime(standing.since, timeZone),
        ago: formatDuration(now - standing.since),
      }),
      standing.by,
      standing.why,
      onPromote === undefined ? (
        ''
      ) : (
        <ActionButton
          key="promote"
          permission={PERMISSIONS.admin}
          variant="secondary"
          size="sm"
          label={t('models.promote.again', 'Promote {{version}} again', { version: standing.version })}
          onClick={onPromote}
        >
          {t('models.promote.press', 'Promote')}
        </ActionButton>
      ),
    ],
  };
}
