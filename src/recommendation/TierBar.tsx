import React from 'react';
import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { t } from '../translations';
import { Text, useStyles2 } from '@grafana/ui';
import type { Tiers } from '../../contract/recommendation.ts';
import { formatReplicas } from '../formatting/formatReplicas';

/** Capacity by how sure it is that it will be needed, at the plan's peak. */
export function TierBar({ tiers }: { readonly tiers: Tiers }) {
  const styles = useStyles2(getStyles);
  const parts = [
    {
      key: 'committed' as const,
      name: t('tiers.committed', 'Committed'),
      meaning: t('tiers.committedMeaning', 'needed with near-certainty'),
    },
    {
      key: 'reserved' as const,
      name: t('tiers.reserved', 'Reserved'),
      meaning: t('tiers.reservedMeaning', 'likely needed'),
    },
    {
      key: 'burst' as const,
      name: t('tiers.burst', 'Burst'),
      meaning: t('tiers.burstMeaning', 'possible; left to the reactive autoscaler'),
    },
  ];
  return (
    <div className={styles.tiers}>
      <Text element="h5">
        {t('tiers.title', 'At the peak: a floor of {{total}} replicas', { total: formatReplicas(tiers.total) })}
      </Text>
      <div className={styles.bar} aria-hidden>
        {parts.map(({ key }) => (
          <div key={key} className={styles[key]} style={{ flexGrow: tiers[key] }} />
        ))}
      </div>
      <ul className={styles.list}>
        {parts.map(({ key, name, meaning }) => (
          <li key={key} className={styles.item}>
            <span className={`${styles.mark} ${styles[key]}`} aria-hidden />
            <Text weight="medium" tabular>
              {formatReplicas(tiers[key])}
            </Text>
            <Text>{name}</Text>
            <Text color="secondary">{meaning}</Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const color = theme.visualization.getColorByName('blue');
  const shade = (opacity: number) => css({ background: colorManipulator.alpha(color, opacity) });
  return {
    tiers: css({ minWidth: theme.spacing(40), display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    bar: css({
      display: 'flex',
      gap: 1,
      height: theme.spacing(2),
      borderRadius: theme.shape.radius.default,
      overflow: 'hidden',
    }),
    list: css({ listStyle: 'none', margin: 0 }),
    item: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    mark: css({ width: theme.spacing(1.5), height: theme.spacing(1.5), borderRadius: theme.shape.radius.sm }),
    committed: shade(1),
    reserved: shade(0.6),
    burst: shade(0.25),
  };
};
