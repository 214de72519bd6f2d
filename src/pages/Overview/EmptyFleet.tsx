import React from 'react';
import { Trans } from '@grafana/i18n';
import { t } from '../../translations';
import { EmptyState, LinkButton } from '@grafana/ui';
import { missingPermission } from '../../acting/missingPermission';
import { setupUrl } from '../../routes';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';

/** What a fleet without workloads needs first. */
export function EmptyFleet() {
  return (
    <div data-testid={testIds.states.empty}>
      <EmptyState
        variant="call-to-action"
        message={t('overview.empty.title', 'No workload is watched yet')}
        button={
          isAllowed(PERMISSIONS.admin) ? (
            <LinkButton size="lg" icon="plus" href={setupUrl()} data-testid={testIds.setup.add}>
              {t('overview.empty.add', 'Add a workload')}
            </LinkButton>
          ) : undefined
        }
      >
        {isAllowed(PERMISSIONS.admin) ? (
          <Trans i18nKey="overview.empty.how">
            Choose where its history comes from and what it has to serve. Its forecast is drawn while you choose, before
            anything is kept.
          </Trans>
        ) : (
          missingPermission(PERMISSIONS.admin)
        )}
      </EmptyState>
    </div>
  );
}
