import React from 'react';
import type { TimeRange } from '@grafana/data';
import { usePluginComponent } from '@grafana/runtime';
import type { Panel } from '@grafana/schema';
import { ClipboardButton, Modal, Stack, Text } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface CopyAsPanelProps {
  readonly panel: Panel;
  readonly timeRange: TimeRange;
  readonly onClose: () => void;
}

/** Grafana's own form that puts a panel onto a dashboard, as far as this page gives it something. */
interface AddToDashboardProps {
  readonly onClose: () => void;
  readonly buildPanel: () => Panel;
  readonly timeRange?: TimeRange;
}

const ADD_TO_DASHBOARD = 'grafana/add-to-dashboard-form/v1';

/** Puts what the chart shows onto a dashboard: by Grafana's form where this Grafana has it, and as JSON everywhere. */
export function CopyAsPanel({ panel, timeRange, onClose }: CopyAsPanelProps) {
  const { component: AddToDashboard } = usePluginComponent<AddToDashboardProps>(ADD_TO_DASHBOARD);
  const json = JSON.stringify(panel, null, 2);
  return (
    <Modal isOpen title={t('copyPanel.title', 'Copy as panel')} onDismiss={onClose}>
      <div data-testid={testIds.workload.copyPanel}>
        <Stack direction="column" gap={2}>
          {AddToDashboard !== null && AddToDashboard !== undefined && (
            <AddToDashboard onClose={onClose} buildPanel={() => panel} timeRange={timeRange} />
          )}
          <Text color="secondary">
            {t('copyPanel.what', 'The panel “{{title}}” as JSON, for the JSON model of any dashboard.', {
              title: panel.title ?? '',
            })}
          </Text>
          <div>
            <ClipboardButton
              variant="secondary"
              icon="copy"
              getText={() => json}
              data-testid={testIds.workload.copyJson}
            >
              {t('copyPanel.copy', 'Copy JSON')}
            </ClipboardButton>
          </div>
        </Stack>
      </div>
    </Modal>
  );
}
