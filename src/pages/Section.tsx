import React, { useId, type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';

interface SectionProps {
  readonly title: string;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A part of a page with its heading. */
export function Section({ title, testId, children }: SectionProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id} data-testid={testId}>
      <div id={id} className={styles.title}>
        <Text element="h3" variant="h4">
          {title}
        </Text>
      </div>
      {children}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({
    padding: theme.spacing(2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  title: css({ marginBottom: theme.spacing(1.5) }),
});
