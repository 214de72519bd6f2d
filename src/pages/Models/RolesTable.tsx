import React from 'react';
import { Badge } from '@grafana/ui';
import type { ModelRoles } from '../../../contract/models.ts';
import { ActionButton } from '../../acting/ActionButton';
import { formatDuration } from '../../formatting/formatDuration';
import { formatTime } from '../../formatting/formatTime';
import { spoken } from '../../sentences/spoken';
import { PERMISSIONS } from '../../sidecar/permissions';
import { t } from '../../translations';
import { SimpleTable } from '../SimpleTable';
import { versionName } from './versionName';

/** A version in a role. */
export type Standing = NonNullable<ModelRoles['champion']>;

interface RolesTableProps {
  /** Of the model. */
  readonly name: string;
  readonly champion: Standing | null;
  /** What is in charge, also where no version is. */
  readonly championName: string;
  readonly challenger: Standing | null;
  readonly lastGood: Standing | null;
  readonly benched: readonly Standing[];
  /** Epoch seconds. */
  readonly now: number;
  readonly timeZone: string;
  readonly onPromote: (standing: Standing) => void;
}

/** Which version has which role, since when, by whom and why. */
export function RolesTable(props: RolesTableProps) {
  const { name, champion, championName, challenger, lastGood, benched, now, timeZone, onPromote } = props;
  return (
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
        ...benched.map((each) => roleRow('benched', each, now, timeZone, () => onPromote(each))),
      ]}
    />
  );
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
      spoken(standing.why),
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
