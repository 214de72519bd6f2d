import React from 'react';
import { Alert, LinkButton, Stack } from '@grafana/ui';
import type { WorkloadEntry } from '../../../contract/workloadsFile.ts';
import { workloadUrl } from '../../routes';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface DeclaredInFileProps {
  readonly name: string;
  readonly definition: WorkloadEntry | null;
}

/** Why a workload is not changed here, and how it is declared where it is. */
export function DeclaredInFile({ name, definition }: DeclaredInFileProps) {
  return (
    <Stack direction="column" gap={2} alignItems="flex-start">
      <Alert
        severity="info"
        title={t('setup.inFile', 'The workloads file declares {{name}}', { name })}
        data-testid={testIds.setup.declaredInFile}
      >
        {t(
          'setup.inFileAction',
          'Change it in the file: the sidecar reads it again at once. What is added here can be changed here.'
        )}
      </Alert>
      {definition !== null && (
        <pre tabIndex={0} aria-label={t('setup.review.definition', 'As it is declared')}>
          {JSON.stringify(definition, null, 2)}
        </pre>
      )}
      <LinkButton href={workloadUrl(name)} variant="secondary" icon="arrow-left">
        {t('setup.back', 'Back to the workload')}
      </LinkButton>
    </Stack>
  );
}
