import React, { useState } from 'react';
import { Button, ClipboardButton, Stack, Text } from '@grafana/ui';
import { t } from '../../translations';
import { scenariosYaml } from './model/scenariosYaml';

interface UseInFileProps {
  readonly workload: string;
  readonly isUsed: boolean;
  /** Whether the scenario is kept as it is shown. */
  readonly isKept: boolean;
  /** The names that the file would then have. */
  readonly scenarios: readonly string[];
}

/** What to write into the workloads file, which alone changes what it declares. */
export function UseInFile({ workload, isUsed, isKept, scenarios }: UseInFileProps) {
  const [isOpen, setOpen] = useState(false);
  const yaml = scenariosYaml(workload, scenarios);
  const label = isUsed
    ? t('scenarios.use.stopLines', 'Lines to no longer use it')
    : t('scenarios.use.startLines', 'Lines to use it');
  return (
    <>
      <Text variant="bodySmall" color="secondary">
        {t(
          'scenarios.use.inFile',
          'The workloads file declares {{workload}}: change it there, it is read again at once.',
          {
            workload,
          }
        )}{' '}
        {!isUsed && !isKept && t('scenarios.use.saveFirst', 'Save it first: a workload uses what is kept.')}
      </Text>
      <Stack direction="row" gap={1} wrap="wrap">
        <Button
          size="sm"
          variant="secondary"
          icon={isOpen ? 'angle-down' : 'angle-right'}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {label}
        </Button>
        {isOpen && (
          <ClipboardButton size="sm" variant="secondary" fill="text" icon="copy" getText={() => yaml}>
            {t('setup.review.copy', 'Copy')}
          </ClipboardButton>
        )}
      </Stack>
      {isOpen && (
        <pre tabIndex={0} aria-label={label}>
          {yaml}
        </pre>
      )}
    </>
  );
}
