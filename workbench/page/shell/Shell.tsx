import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, PortalContainer, useStyles2, useTheme2 } from '@grafana/ui';
import { css, cx } from '@emotion/css';
import React, { useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { type HostedPlugin } from '../app/hostedPlugin.ts';
import { languagesOf } from '../services/pluginTranslations.ts';
import { CommandPalette } from '../palette/CommandPalette.tsx';
import { CurrentPageContext } from './currentPage.ts';
import { LanguageMenu } from './LanguageMenu.tsx';
import { placeAt, placesOf } from './navigation.ts';
import { Navigation } from './Navigation.tsx';
import { Toasts } from './Toasts.tsx';

interface ShellProps {
  readonly hosted: HostedPlugin;
  readonly onThemeChange: (isLight: boolean) => void;
  readonly children: React.ReactNode;
}

/** The page around the app: a bar, the navigation beside or above the content, room for portals and alerts. */
export function Shell({ hosted, onThemeChange, children }: ShellProps) {
  const styles = useStyles2(getStyles);
  const { isLight } = useTheme2();
  const [isOpen, setOpen] = useState(false);
  const { app, around } = placesOf(hosted.meta);
  const location = useLocation();
  const page = useRef<HTMLElement>(null);
  const current = placeAt([...app, ...around], location.pathname);
  return (
    <CurrentPageContext.Provider value={current ?? { title: hosted.meta.name, href: '/' }}>
      <a
        href={`${location.pathname}${location.search}#page`}
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          page.current?.focus();
        }}
      >
        Skip to the page
      </a>
      <div className={styles.bar}>
        <IconButton
          name="bars"
          className={styles.menu}
          aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        />
        <img src={`/${hosted.meta.baseUrl}/${hosted.meta.info.logos.small}`} alt="" width={24} height={24} />
        <span className={styles.name}>Headroom workbench</span>
        <span className={styles.note}>The app as Grafana shows it, without Grafana</span>
        <div className={styles.palette}>
          <CommandPalette />
        </div>
        <LanguageMenu languages={languagesOf(hosted.meta)} />
        <IconButton
          name="adjust-circle"
          tooltip={isLight ? 'Switch to the dark theme' : 'Switch to the light theme'}
          onClick={() => onThemeChange(!isLight)}
        />
      </div>
      <div className={styles.body}>
        <div className={cx(styles.side, !isOpen && styles.closed)}>
          <Navigation
            groups={[
              { title: hosted.meta.name, places: app },
              { title: 'In Grafana', places: around },
            ]}
            current={current}
            onNavigate={() => setOpen(false)}
          />
        </div>
        <main id="page" ref={page} className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      <PortalContainer />
      <Toasts />
    </CurrentPageContext.Provider>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  skip: css({
    position: 'absolute',
    left: -9999,
    '&:focus': { left: theme.spacing(1), top: theme.spacing(1), zIndex: theme.zIndex.portal },
  }),
  bar: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    height: theme.spacing(6),
    padding: theme.spacing(0, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    position: 'sticky',
    top: 0,
    zIndex: theme.zIndex.navbarFixed,
  }),
  name: css({
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
  note: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    [theme.breakpoints.down('md')]: { display: 'none' },
  }),
  palette: css({ marginLeft: 'auto' }),
  menu: css({ [theme.breakpoints.up('md')]: { display: 'none' } }),
  body: css({
    display: 'flex',
    flexDirection: 'column',
    background: theme.colors.background.canvas,
    minHeight: `calc(100vh - ${theme.spacing(6)})`,
    [theme.breakpoints.up('md')]: { flexDirection: 'row' },
  }),
  side: css({
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    [theme.breakpoints.up('md')]: {
      flex: '0 0 220px',
      borderBottom: 'none',
      borderRight: `1px solid ${theme.colors.border.weak}`,
    },
  }),
  closed: css({ [theme.breakpoints.down('md')]: { display: 'none' } }),
  main: css({ display: 'flex', flexDirection: 'column', flex: '1 1 auto', minWidth: 0, outline: 'none' }),
});
