import React from 'react';
import { Button, Stack } from '@grafana/ui';
import { ClickFailure } from '../../acting/ClickFailure';
import { exportDecisions } from '../../sidecar/exportDecisions';
import { useClick } from '../../sidecar/useClick';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { saveFile } from './saveFile';

/** The audit to take away and to check anywhere. */
export function ExportButton() {
  const { click, press } = useClick(
    () => exportDecisions(),
    (text) => saveFile('headroom-decisions.ndjson', 'application/x-ndjson', text)
  );
  return (
    <Stack direction="column" gap={1}>
      <Button
        variant="secondary"
        icon="download-alt"
        disabled={click.kind === 'running'}
        data-testid={testIds.audit.export}
        onClick={() => press(undefined)}
      >
        {t('audit.export', 'Export')}
      </Button>
      <ClickFailure click={click} />
    </Stack>
  );
}
