import { PageLayoutType, type GrafanaTheme2 } from '@grafana/data';
import { type PluginPageProps } from '@grafana/runtime';
import { Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import React, { useContext, useEffect } from 'react';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { CurrentPageContext } from './currentPage.ts';

/** Grafana's page frame: breadcrumbs, title, subtitle, actions; it is what `PluginPage` of @grafana/runtime renders. */
export function Page({ pageNav, subTitle, info, actions, renderTitle, layout, children }: PluginPageProps) {
  const styles = useStyles2(getStyles);
  const current = useContext(CurrentPageContext);
  const title = pageNav?.text ?? current.title;
  useEffect(() => {
    document.title = `${title} - Headroom workbench`;
  }, [title]);
  if (layout === PageLayoutType.Custom) {
    return <>{children}</>;
  }
  const detail = subTitle ?? pageNav?.subTitle;
  return (
    <div className={styles.page}>
      <Breadcrumbs pageNav={pageNav} />
      <header className={styles.header}>
        <div className={styles.titles}>
          {renderTitle?.(title) ?? <Text element="h1">{title}</Text>}
          {info !== undefined && (
            <dl className={styles.info}>
              {info.map(({ label, value }) => (
                <div key={label}>
                  <dt>
                    <Text color="secondary" variant="bodySmall">
                      {label}
                    </Text>
                  </dt>
                  <dd className={styles.value}>{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
        {detail !== undefined && <div className={styles.detail}>{detail}</div>}
      </header>
      <div className={styles.content}>{children}</div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    flex: '1 1 auto',
    minWidth: 0,
    padding: theme.spacing(2),
    [theme.breakpoints.up('md')]: { padding: theme.spacing(3, 4) },
  }),
  header: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), paddingBottom: theme.spacing(2) }),
  titles: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(2) }),
  info: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), margin: 0 }),
  value: css({ margin: 0 }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginLeft: 'auto' }),
  content: css({ flex: '1 1 auto' }),
  detail: css({ color: theme.colors.text.secondary }),
});
