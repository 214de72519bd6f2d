import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, Spinner, Stack, Text, Tooltip, useStyles2 } from '@grafana/ui';
import type { AuditReport } from '../../../contract/api.ts';
import { useAuditReport } from '../../sidecar/useAuditReport';
import { explainFailure } from '../../states/explainFailure';
import { testIds } from '../../testIds';
import { t } from '../../translations';

/** Whether the audit is as it was written: the sidecar has checked each hash of the chain. */
export function ChainMark() {
  const styles = useStyles2(getStyles);
  const { resource, isLoading, reload } = useAuditReport();
  return (
    <div data-testid={testIds.audit.chain} role="status" className={styles.mark}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        {resource.kind === 'loading' && (
          <>
            <Spinner inline /> <Text color="secondary">{t('audit.checking', 'Checking the chain…')}</Text>
          </>
        )}
        {resource.kind === 'failed' && (
          <Text color="warning">
            {t('audit.unchecked', 'Not checked: {{why}}', { why: explainFailure(resource.failure, true).title })}
          </Text>
        )}
        {resource.kind === 'ready' && <Verdict report={resource.value} />}
        <Button size="sm" variant="secondary" fill="text" icon="sync" disabled={isLoading} onClick={reload}>
          {t('audit.checkAgain', 'Check again')}
        </Button>
      </Stack>
    </div>
  );
}

function Verdict({ report: { intact, count, complete, head, fault } }: { readonly report: AuditReport }) {
  if (!intact) {
    return (
      <Badge
        color="red"
        icon="exclamation-triangle"
        text={t('audit.broken', 'The chain is broken at number {{seq}}: {{problem}}', {
          seq: fault?.seq ?? '?',
          problem: fault?.problem ?? '',
        })}
      />
    );
  }
  const text = complete
    ? t('audit.intact', 'Verified: all {{count}} decisions are as they were written', { count })
    : t('audit.intactPart', 'Verified: the {{count}} decisions that are kept are as they were written', { count });
  return (
    <Tooltip
      content={
        head === null
          ? t('audit.empty', 'There is none yet.')
          : t('audit.head', 'Head {{head}}: noted elsewhere, it shows what is cut off later.', { head })
      }
    >
      <span>
        <Badge color="green" icon="check-circle" text={text} />
      </span>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Where the verdict takes a line of its own, its room is held while the chain is checked.
  mark: css({ [theme.breakpoints.down('sm')]: { minHeight: theme.spacing(8) } }),
});
