import React from 'react';
import { Badge } from '@grafana/ui';
import { roleName } from '../acting/missingPermission';
import { SimpleTable } from '../pages/SimpleTable';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS, type Permission } from '../sidecar/permissions';
import { testIds } from '../testIds';
import { t } from '../translations';

/** Who may do what: the roles that the app declares, whom they are granted to, and whether this person has them. */
export function RoleTable() {
  return (
    <div data-testid={testIds.configuration.roles}>
      <SimpleTable
        caption={t(
          'configuration.roles.caption',
          'Where role-based access is on, grant these roles to users and teams; else the organisation’s roles have them'
        )}
        columns={[
          t('configuration.roles.role', 'Role'),
          t('configuration.roles.granted', 'From'),
          t('configuration.roles.opens', 'May'),
          t('configuration.roles.you', 'You'),
        ]}
        rows={Object.values(PERMISSIONS).map((permission) => ({
          key: permission,
          cells: [
            roleName(permission),
            grantedTo(permission),
            opens(permission),
            <Own key="own" permission={permission} />,
          ],
        }))}
      />
    </div>
  );
}

function Own({ permission }: { readonly permission: Permission }) {
  return isAllowed(permission) ? (
    <Badge color="green" icon="check" text={t('configuration.roles.yes', 'Yes')} />
  ) : (
    <Badge color="darkgrey" text={t('configuration.roles.no', 'No')} />
  );
}

function grantedTo(permission: Permission): string {
  switch (permission) {
    case PERMISSIONS.read:
      return t('configuration.roles.viewer', 'Viewer');
    case PERMISSIONS.propose:
      return t('configuration.roles.editor', 'Editor');
    default:
      return t('configuration.roles.admin', 'Admin');
  }
}

function opens(permission: Permission): string {
  switch (permission) {
    case PERMISSIONS.read:
      return t('configuration.roles.reads', 'see forecasts, recommendations and the audit; preview any query');
    case PERMISSIONS.propose:
      return t('configuration.roles.proposes', 'propose plans, dismiss, snooze, keep scenarios, pause scaling');
    case PERMISSIONS.approve:
      return t('configuration.roles.approves', 'carry recommendations out and roll them back');
    case PERMISSIONS.scale:
      return t('configuration.roles.scales', 'choose how a workload is scaled, resume what is paused');
    case PERMISSIONS.admin:
      return t(
        'configuration.roles.administers',
        'add, change and delete workloads, train models, choose the model in charge'
      );
  }
}
