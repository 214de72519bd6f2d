import React from 'react';
import { Trans } from '@grafana/i18n';
import { t } from '../../translations';
import { EmptyState } from '@grafana/ui';
import { testIds } from '../../testIds';

/** What a fleet without workloads needs first. */
export function EmptyFleet() {
  return (
    <div data-testid={testIds.states.empty}>
      <EmptyState variant="call-to-action" message={t('overview.empty.title', 'No workload is watched yet')}>
        <ol style={{ textAlign: 'left' }}>
          <li>
            <Trans i18nKey="overview.empty.source">
              Name a source in the sidecar&apos;s workloads file: a Prometheus, any Grafana data source, or a CSV file.
            </Trans>
          </li>
          <li>
            <Trans i18nKey="overview.empty.workload">
              Add a workload to it: a query for its demand, what one replica serves, and its target.
            </Trans>
          </li>
          <li>
            <Trans i18nKey="overview.empty.wait">
              Save the file. The sidecar reads it at once, and the first forecast appears here within a minute.
            </Trans>
          </li>
        </ol>
      </EmptyState>
    </div>
  );
}
