import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';

interface PanelMessageProps {
  readonly title: string;
  readonly detail: string;
  readonly testId: string;
  readonly width: number;
  readonly height: number;
}

/** Why a panel shows nothing, and what it needs. */
export function PanelMessage({ title, detail, testId, width, height }: PanelMessageProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.message} style={{ width, height }} role="status" data-testid={testId}>
      <Text element="p" textAlignment="center">
        {title}
      </Text>
      <Text element="p" color="secondary" textAlignment="center" variant="bodySmall">
        {detail}
      </Text>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  message: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    padding: theme.spacing(2),
    overflow: 'hidden',
  }),
});
