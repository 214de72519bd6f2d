import React, { memo } from 'react';
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import type { Figure } from './model/figures';
import type { SimulationReport } from '../../../contract/simulation.ts';
import { outcomeOf, pairOf } from './model/outcomes';

interface FigureTilesProps {
  readonly figures: readonly Figure[];
  /** Null while nothing is known. */
  readonly report: SimulationReport | null;
  readonly plan: string;
  /** Whether the figures are those of a moment ago. */
  readonly isStale: boolean;
}

/** The few figures that move while something is dragged, each beside what it is without the scenario. */
export const FigureTiles = memo(function FigureTiles({ figures, report, plan, isStale }: FigureTilesProps) {
  const styles = useStyles2(getStyles);
  const pair = pairOf(report);
  return (
    <dl
      className={cx(styles.tiles, isStale && styles.stale)}
      aria-busy={isStale}
      data-testid={testIds.scenarios.figures}
    >
      {figures.map(({ key, name, of, format, isBad }) => {
        const value = pair === null ? null : of(outcomeOf(pair.scenario, plan), pair.scenario);
        const baseline = pair === null ? null : of(outcomeOf(pair.baseline, plan), pair.baseline);
        const isWorse = value !== null && baseline !== null && (isBad ? value > baseline : value < baseline);
        const isSame = format(value) === format(baseline);
        return (
          <div key={key} className={styles.tile}>
            <dt>
              <Text variant="bodySmall" color="secondary">
                {name}
              </Text>
            </dt>
            <dd className={styles.value}>
              <Text variant="h2" element="span" tabular color={isSame ? 'primary' : isWorse ? 'warning' : 'success'}>
                {format(value)}
              </Text>
            </dd>
            <dd className={styles.value}>
              <Text variant="bodySmall" color="secondary" tabular>
                {value === null && pair !== null
                  ? t('scenarios.figure.unknown', 'not declared')
                  : t('scenarios.figure.without', 'without it {{value}}', { value: format(baseline) })}
              </Text>
            </dd>
          </div>
        );
      })}
    </dl>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  tiles: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fit, minmax(${theme.spacing(18)}, 1fr))`,
    gap: theme.spacing(1),
    margin: 0,
  }),
  stale: css({ '& dd': { opacity: 0.75 } }),
  tile: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.25),
    padding: theme.spacing(1, 1.5),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  value: css({ margin: 0 }),
});
