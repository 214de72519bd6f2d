import React from 'react';
import { Alert, Stack, Text } from '@grafana/ui';
import { spoken } from '../../sentences/spoken';
import { t } from '../../translations';
import type { LearntRole } from './learntRoles';
import { RoleActions } from './RoleActions';
import type { Asked } from './RoleDialogs';
import { RolesTable, type Standing } from './RolesTable';
import { TrainingState } from './TrainingState';
import { TrialProgress } from './TrialProgress';
import { versionName } from './versionName';

interface LearntModelProps {
  readonly learnt: LearntRole;
  /** Whether a model is being trained for the workload now. */
  readonly isTraining: boolean;
  /** Epoch seconds. */
  readonly now: number;
  readonly timeZone: string;
  readonly onAsk: (asked: Asked) => void;
}

/** Who is in charge of one learnt model, who is on trial and how far, and what can be done about it. */
export function LearntModel({ learnt, isTraining, now, timeZone, onAsk }: LearntModelProps) {
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
        <RoleActions
          name={name}
          isTraining={isTraining}
          championName={championName}
          challenger={challenger}
          lastGood={lastGood}
          onAsk={onAsk}
          onPromote={promote}
        />
      </Stack>
      {roles?.problem != null && <Alert severity="warning" title={spoken(roles.problem)} />}
      {refused.map(({ version, reason }) => (
        <Alert
          key={version}
          severity="warning"
          title={t('models.roles.refused', '{{version}} cannot be used: {{reason}}', {
            version,
            reason: spoken(reason ?? ''),
          })}
        />
      ))}
      <RolesTable
        name={name}
        champion={champion}
        championName={championName}
        challenger={challenger}
        lastGood={lastGood}
        benched={roles?.benched ?? []}
        now={now}
        timeZone={timeZone}
        onPromote={promote}
      />
      {(roles?.trials ?? []).map((trial) => (
        <TrialProgress key={[trial.kind, trial.origin, trial.version].join(' ')} trial={trial} />
      ))}
      <TrainingState roles={roles} now={now} />
    </Stack>
  );
}
