import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, Link, useStyles2 } from '@grafana/ui';
import { css, cx } from '@emotion/css';
import React from 'react';
import { type Place } from './navigation.ts';

interface NavigationProps {
  readonly groups: ReadonlyArray<{ readonly title: string; readonly places: readonly Place[] }>;
  readonly current: Place | undefined;
  readonly onNavigate: () => void;
}

/** The places a person can go to. */
export function Navigation({ groups, current, onNavigate }: NavigationProps) {
  const styles = useStyles2(getStyles);
  return (
    <nav aria-label="Workbench" className={styles.nav}>
      {groups.map(({ title, places }) => (
        <div key={title}>
          <h2 className={styles.title}>{title}</h2>
          <ul className={styles.list}>
            {places.map((place) => (
              <li key={place.href}>
                <Link
                  href={place.href}
                  className={cx(styles.place, place === current && styles.current)}
                  aria-current={place === current ? 'page' : undefined}
                  onClick={onNavigate}
                >
                  <Icon name={place.icon} />
                  {place.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  nav: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), padding: theme.spacing(2, 1) }),
  title: css({
    ...theme.typography.bodySmall,
    color: theme.colors.text.secondary,
    margin: 0,
    padding: theme.spacing(0, 1, 0.5),
  }),
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  place: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.75, 1),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary, background: theme.colors.action.hover },
  }),
  current: css({ color: theme.colors.text.primary, background: theme.colors.action.selected }),
});
