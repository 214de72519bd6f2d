import { type GrafanaTheme2, type NavModelItem } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import React, { useContext } from 'react';
import { CurrentPageContext } from './currentPage.ts';

/** Where a page stands: the place in the navigation, then the page's own parents, then the page. */
export function Breadcrumbs({ pageNav }: { readonly pageNav?: NavModelItem }) {
  const styles = useStyles2(getStyles);
  const { title, href } = useContext(CurrentPageContext);
  const own: NavModelItem[] = [];
  for (let item = pageNav; item !== undefined; item = item.parentItem) {
    own.unshift(item);
  }
  const crumbs = own[0]?.text === title ? own : [{ text: title, url: href }, ...own];
  if (crumbs.length < 2) {
    return null;
  }
  return (
    <nav aria-label="Breadcrumbs">
      <ol className={styles.list}>
        {crumbs.map(({ text, url }, index) => (
          <li key={text} className={styles.item}>
            {index < crumbs.length - 1 && url !== undefined ? (
              <TextLink href={url} inline={false} variant="bodySmall">
                {text}
              </TextLink>
            ) : (
              <span aria-current={index === crumbs.length - 1 ? 'page' : undefined}>{text}</span>
            )}
            {index < crumbs.length - 1 && <span aria-hidden="true">/</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    listStyle: 'none',
    margin: 0,
    paddingBottom: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  item: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'center' }),
});
