import React, { useState } from 'react';
import { Combobox, LinkButton, Stack } from '@grafana/ui';
import { sidecarAddress } from '../../sidecar/sidecarAddress';
import { testIds } from '../../testIds';
import { t } from '../../translations';

const MONTHS = 12;

/** The report of a month as a page to read and print, in a tab of its own. */
export function PrintButton({ nowMs }: { readonly nowMs: number }) {
  const months = lastMonths(nowMs);
  const [month, setMonth] = useState(months[0] ?? '');
  return (
    <Stack direction="row" gap={0.5}>
      <div role="group" aria-label={t('report.month', 'Month of the report')}>
        <Combobox<string>
          width={16}
          placeholder={t('report.month', 'Month of the report')}
          options={months.map((value) => ({ value, label: value }))}
          value={month}
          onChange={({ value }) => setMonth(value)}
        />
      </div>
      <LinkButton
        variant="secondary"
        icon="file-alt"
        target="_blank"
        rel="noopener noreferrer"
        href={sidecarAddress(`api/v1/report?month=${month}`)}
        data-testid={testIds.report.print}
      >
        {t('report.print', 'Monthly report')}
      </LinkButton>
    </Stack>
  );
}

/** The present month and those before it, as `2026-11`. */
function lastMonths(nowMs: number): string[] {
  const now = new Date(nowMs);
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7)
  );
}
