import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

export type ToneColor = 'primary' | 'secondary' | 'success' | 'warning' | 'error';

interface ToneProps {
  readonly color?: ToneColor;
  readonly isStrong?: boolean;
  readonly isSmall?: boolean;
  readonly children: ReactNode;
}

/**
 * A short text in one of the theme's colours, its digits of one width. `Text` of @grafana/ui writes its style sheet anew
 * for each text, which is most of the work in a table of hundreds of them; this has one for all.
 */
export function Tone({ color = 'primary', isStrong = false, isSmall = false, children }: ToneProps) {
  const styles = useStyles2(getStyles);
  const weight = isStrong ? ` ${styles.strong}` : '';
  const size = isSmall ? ` ${styles.small}` : '';
  return <span className={`${styles.tone} ${styles[color]}${weight}${size}`}>{children}</span>;
}

const getStyles = ({ colors, typography }: GrafanaTheme2) => ({
  tone: css({ fontVariantNumeric: 'tabular-nums' }),
  primary: css({ color: colors.text.primary }),
  secondary: css({ color: colors.text.secondary }),
  success: css({ color: colors.success.text }),
  warning: css({ color: colors.warning.text }),
  error: css({ color: colors.error.text }),
  strong: css({ fontWeight: typography.fontWeightMedium }),
  small: css({ ...typography.bodySmall, fontFamily: 'inherit' }),
});
