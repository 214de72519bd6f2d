import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import type { PreviewResponse } from '../../contract/acting.ts';
import { Sentence } from '../sentences/Sentence';
import { testIds } from '../testIds';
import { t } from '../translations';

type Change = Pick<PreviewResponse, 'target' | 'differences' | 'dryRun' | 'warnings'>;

/** What approving would change at the target, field by field, and what the target itself says to it. */
export function ExactChange({ preview }: { readonly preview: Change }) {
  const styles = useStyles2(getStyles);
  const { target, differences, dryRun, warnings } = preview;
  return (
    <div data-testid={testIds.acting.change}>
      <Stack direction="column" gap={1}>
        <Text color="secondary">{t('preview.target', 'At {{target}}', { target })}</Text>
        {differences.length === 0 ? (
          <Text>{t('preview.nothing', 'Nothing would change: the target stands like this already.')}</Text>
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('preview.field', 'Field')}</th>
                  <th scope="col">{t('preview.before', 'Now')}</th>
                  <th scope="col">{t('preview.after', 'After')}</th>
                </tr>
              </thead>
              <tbody>
                {differences.map(({ path, before, after }) => (
                  <tr key={path}>
                    <th scope="row">{path}</th>
                    <td>
                      <del className={styles.before}>{shown(before)}</del>
                    </td>
                    <td>
                      <ins className={styles.after}>{shown(after)}</ins>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Stack direction="row" gap={1} alignItems="center">
          <Text color={dryRun.kind === 'accepted' ? 'success' : 'secondary'}>
            <Icon name={dryRun.kind === 'accepted' ? 'check-circle' : 'info-circle'} />
          </Text>
          <Text>
            {dryRun.kind === 'accepted'
              ? t('preview.accepted', 'The target accepts it in a dry run')
              : t('preview.unsupported', 'The target has no dry run')}
            {dryRun.message !== '' && (
              <>
                : <Sentence text={dryRun.message} />
              </>
            )}
          </Text>
        </Stack>
        {warnings.length > 0 && (
          <Alert severity="warning" title={t('preview.warnings', 'Before you approve')}>
            <ul className={styles.list}>
              {warnings.map((warning) => (
                <li key={warning}>
                  <Sentence text={warning} />
                </li>
              ))}
            </ul>
          </Alert>
        )}
      </Stack>
    </div>
  );
}

function shown(value: string | number | boolean | null): string {
  return value === null ? t('preview.unset', 'not set') : String(value);
}

const getStyles = (theme: GrafanaTheme2) => {
  const mark = { padding: theme.spacing(0.25, 0.75), borderRadius: theme.shape.radius.default };
  return {
    scroll: css({ overflowX: 'auto' }),
    table: css({
      width: '100%',
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      borderCollapse: 'collapse',
      'th, td': {
        padding: theme.spacing(0.75, 1),
        textAlign: 'left',
        borderBottom: `1px solid ${theme.colors.border.weak}`,
        fontWeight: theme.typography.fontWeightRegular,
      },
      'thead th': { color: theme.colors.text.secondary, fontFamily: theme.typography.fontFamily },
    }),
    before: css({ ...mark, background: theme.colors.error.transparent, color: theme.colors.text.primary }),
    after: css({
      ...mark,
      background: theme.colors.success.transparent,
      color: theme.colors.text.primary,
      textDecoration: 'none',
    }),
    list: css({ margin: 0, paddingLeft: theme.spacing(2.5) }),
  };
};
