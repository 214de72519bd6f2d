import { PERMISSIONS, type Permission } from '../sidecar/permissions';
import { t } from '../translations';

/** Why a person may not press what needs a permission, and whom to ask. */
export function missingPermission(permission: Permission): string {
  return t(
    'permission.missing',
    'This needs the role {{role}}, which you do not have. Ask an administrator of this organisation.',
    { role: roleName(permission) }
  );
}

/** The role of plugin.json that has a permission. */
export function roleName(permission: Permission): string {
  switch (permission) {
    case PERMISSIONS.read:
      return t('permission.reader', 'Headroom Reader');
    case PERMISSIONS.propose:
      return t('permission.planner', 'Headroom Planner');
    case PERMISSIONS.approve:
      return t('permission.approver', 'Headroom Approver');
    case PERMISSIONS.scale:
      return t('permission.operator', 'Headroom Operator');
    case PERMISSIONS.admin:
      return t('permission.administrator', 'Headroom Administrator');
  }
}
