import React, { type ReactNode } from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState } from '@grafana/ui';
import { missingPermission } from '../acting/missingPermission';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS } from '../sidecar/permissions';
import { testIds } from '../testIds';
import { t } from '../translations';

/** Pages for whoever may read; Grafana itself opens an address that plugin.json does not declare to everybody. */
export function Allowed({ children }: { readonly children: ReactNode }) {
  if (isAllowed(PERMISSIONS.read)) {
    return <>{children}</>;
  }
  return (
    <PluginPage pageNav={{ text: t('allowed.title', 'No access') }}>
      <div data-testid={testIds.noAccess}>
        <EmptyState variant="not-found" message={t('allowed.message', 'You may not see Headroom’s pages')}>
          {missingPermission(PERMISSIONS.read)}
        </EmptyState>
      </div>
    </PluginPage>
  );
}
