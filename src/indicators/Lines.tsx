import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

/** What stands in a cell of a table, below each other. */
export function Lines({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles2(getStyles).lines}>{children}</div>;
}

/** What stands in one line of it. */
export function Line({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles2(getStyles).line}>{children}</div>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  lines: css({ display: 'flex', flexDirection: 'column', alignItems: 'flex-start' }),
  line: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), whiteSpace: 'nowrap' }),
});
