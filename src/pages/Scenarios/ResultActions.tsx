import React, { type RefObject } from 'react';
import { ClipboardButton, Dropdown, Menu, Stack, ToolbarButton, useTheme2 } from '@grafana/ui';
import { locationUtil } from '@grafana/data';
import { config } from '@grafana/runtime';
import { useLocation } from 'react-router-dom';
import { scenariosUrl } from '../../routes';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { download } from './download';
import { scenariosCsv, type ExportedScenario } from './exportCsv';
import { chartsPicture } from './exportPng';

interface ResultActionsProps {
  readonly workload: string;
  /** What is known of the scenarios. */
  readonly exported: readonly ExportedScenario[];
  /** What a picture shows, from top to bottom. */
  readonly charts: ReadonlyArray<RefObject<HTMLDivElement | null>>;
  readonly isAsking: boolean;
  readonly onRefresh: () => void;
}

/** Share by link, export, and simulate anew. */
export function ResultActions({ workload, exported, charts, isAsking, onRefresh }: ResultActionsProps) {
  const theme = useTheme2();
  const { search } = useLocation();
  const names = exported.map(({ name }) => name);
  const fileName = `${workload}-${names.join('-')}`;
  const saveCsv = () => download(`${fileName}.csv`, new Blob([scenariosCsv(exported)], { type: 'text/csv' }));
  const savePng = async () => {
    const elements = charts.flatMap(({ current }) => (current === null ? [] : [current]));
    const picture = await chartsPicture(elements, `${workload}: ${names.join(', ')}`, theme);
    if (picture !== null) {
      download(`${fileName}.png`, picture);
    }
  };
  return (
    <Stack direction="row" gap={1} alignItems="center">
      <ClipboardButton
        variant="secondary"
        icon="link"
        data-testid={testIds.scenarios.share}
        getText={() => new URL(locationUtil.assureBaseUrl(`${scenariosUrl()}${search}`), config.appUrl).href}
      >
        {t('scenarios.share', 'Copy link')}
      </ClipboardButton>
      <Dropdown
        overlay={
          <Menu>
            <Menu.Item label={t('scenarios.export.csv', 'CSV')} icon="file-alt" onClick={saveCsv} />
            <Menu.Item label={t('scenarios.export.png', 'PNG')} icon="camera" onClick={() => void savePng()} />
          </Menu>
        }
      >
        <ToolbarButton
          variant="canvas"
          icon="download-alt"
          disabled={exported.length === 0}
          data-testid={testIds.scenarios.exports}
          aria-label={t('scenarios.export.label', 'Export')}
          tooltip={t('scenarios.export.label', 'Export')}
        />
      </Dropdown>
      <ToolbarButton
        variant="canvas"
        icon={isAsking ? 'fa fa-spinner' : 'sync'}
        tooltip={t('scenarios.refresh', 'Simulate anew')}
        aria-label={t('scenarios.refresh', 'Simulate anew')}
        onClick={onRefresh}
      />
    </Stack>
  );
}
