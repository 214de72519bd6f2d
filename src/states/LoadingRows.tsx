import React from 'react';
import { css, keyframes } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { testIds } from '../testIds';

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7];

/** The shape of what is coming, so that nothing jumps when it does. */
export function LoadingRows({ label }: { readonly label: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div role="status" aria-label={label} aria-busy data-testid={testIds.states.loading} className={styles.rows}>
      {ROWS.map((row) => (
        <div key={row} className={styles.row} />
      ))}
    </div>
  );
}

const pulse = keyframes({ '0%, 100%': { opacity: 1 }, '50%': { opacity: 0.4 } });

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  row: css({
    height: theme.spacing(5),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    [theme.transitions.handleMotion('no-preference')]: { animation: `${pulse} 1.5s ease-in-out infinite` },
  }),
});
