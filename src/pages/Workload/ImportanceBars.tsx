import React, { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, RadioButtonGroup, Stack, Text, useStyles2 } from '@grafana/ui';
import type { Importance } from '../../../contract/api.ts';
import { formatProbability } from '../../formatting/formatProbability';
import { valueFormatter } from '../../formatting/valueFormatter';
import { spoken } from '../../sentences/spoken';
import { t } from '../../translations';
import { importanceLabel } from './importanceLabel';

interface ImportanceBarsProps {
  readonly resource: string;
  readonly unit: string;
  readonly importance: Importance;
}

type Group = Importance['groups'][number];

const FIRST_GROUPS = 6;
const WHOLE = -1;

/** A bar for each thing that moved the forecast, longest first, over the horizon or a part of it; then what did not. */
export function ImportanceBars({ resource, unit, importance }: ImportanceBarsProps) {
  const styles = useStyles2(getStyles);
  const [part, setPart] = useState(WHOLE);
  const [isWhole, setIsWhole] = useState(false);
  const format = useMemo(() => valueFormatter(unit), [unit]);
  const { groups, parts, model } = importance;
  const rows = useMemo(
    () =>
      groups
        .filter(({ used }) => used)
        .map((group) => ({ group, share: at(group.share, part), change: at(group.change, part) }))
        .sort((a, b) => b.share - a.share),
    [groups, part]
  );
  const shown = isWhole ? rows : rows.slice(0, FIRST_GROUPS);
  const most = rows[0]?.share ?? 0;
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} alignItems="center" justifyContent="space-between" wrap="wrap">
        <Text color="secondary">
          {t('importance.what', '{{resource}} by {{model}}: how far the forecast moves without each, one at a time.', {
            resource,
            model,
          })}
        </Text>
        {parts.length > 1 && (
          <RadioButtonGroup
            size="sm"
            aria-label={t('importance.part', 'Part of the horizon')}
            value={part}
            onChange={setPart}
            options={[
              { label: t('importance.all', 'All'), value: WHOLE },
              ...parts.map(({ name }, index) => ({ label: partName(name), value: index })),
            ]}
          />
        )}
      </Stack>
      {rows.length === 0 ? (
        <Text color="secondary">
          {t('importance.nothing', 'Nothing that could be taken out of the history moves it.')}
        </Text>
      ) : (
        <table className={styles.table}>
          <caption className={styles.caption}>{t('importance.caption', 'What the forecast used')}</caption>
          <thead className={styles.caption}>
            <tr>
              <th scope="col">{t('importance.used', 'Used')}</th>
              <th scope="col">{t('importance.share', 'Share')}</th>
              <th scope="col">{t('importance.move', 'Moves the forecast by')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ group, share, change }) => (
              <tr key={`${group.kind} ${group.name}`} title={spoken(group.description)}>
                <th scope="row" className={styles.name}>
                  {importanceLabel(group)}
                </th>
                <td className={styles.share}>
                  <div className={styles.line}>
                    <div className={styles.track} aria-hidden>
                      <div
                        className={styles.bar}
                        style={{ width: most === 0 ? 0 : `${String((100 * share) / most)}%` }}
                      />
                    </div>
                    <span className={styles.number}>{formatProbability(share)}</span>
                  </div>
                </td>
                <td className={styles.move}>± {format(change)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > FIRST_GROUPS && (
        <div>
          <Button
            variant="secondary"
            fill="text"
            size="sm"
            onClick={() => setIsWhole(!isWhole)}
            aria-expanded={isWhole}
          >
            {isWhole
              ? t('importance.less', 'Show fewer')
              : t('importance.more', 'Show all {{count}}', { count: rows.length })}
          </Button>
        </div>
      )}
      <Text variant="bodySmall" color="secondary">
        {[
          listed(t('importance.unused', 'Not used'), groups.filter(isUnused)),
          listed(
            t('importance.absent', 'Not in the history'),
            groups.filter(({ present }) => !present)
          ),
        ]
          .filter((line) => line !== '')
          .join(' · ')}
      </Text>
    </Stack>
  );
}

function at({ whole, parts }: Group['share'], part: number): number {
  return part === WHOLE ? whole : (parts[part] ?? 0);
}

function isUnused({ present, used }: Group): boolean {
  return present && !used;
}

function listed(title: string, groups: readonly Group[]): string {
  return groups.length === 0 ? '' : `${title}: ${groups.map(importanceLabel).join(', ')}`;
}

function partName(name: Importance['parts'][number]['name']): string {
  switch (name) {
    case 'near':
      return t('importance.near', 'Near');
    case 'middle':
      return t('importance.middle', 'Middle');
    case 'far':
      return t('importance.far', 'Far');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ borderCollapse: 'collapse', width: '100%', maxWidth: theme.spacing(100) }),
  caption: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
  name: css({
    padding: theme.spacing(0.5, 2, 0.5, 0),
    fontWeight: theme.typography.fontWeightRegular,
    textAlign: 'left',
    overflowWrap: 'anywhere',
  }),
  share: css({ width: '50%', padding: theme.spacing(0.5, 2, 0.5, 0) }),
  line: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  track: css({
    flexGrow: 1,
    minWidth: theme.spacing(6),
    height: theme.spacing(1.25),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.sm,
    overflow: 'hidden',
  }),
  bar: css({ height: '100%', background: theme.visualization.getColorByName('blue') }),
  number: css({ minWidth: theme.spacing(5.5), textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  move: css({
    padding: theme.spacing(0.5, 0),
    textAlign: 'right',
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  }),
});
