import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { ModelTrial } from '../../../contract/models.ts';
import { Sentence } from '../../sentences/Sentence';
import { spoken } from '../../sentences/spoken';
import { t } from '../../translations';
import { versionName } from './versionName';

/** How far a trial is from being decided: what a stake of 1 has become, of what is needed. */
export function TrialProgress({ trial }: { readonly trial: ModelTrial }) {
  const styles = useStyles2(getStyles);
  const { kind, words, eValue, needed, blocks, ahead } = trial;
  const share = Math.min(1, Math.max(0, Math.log(Math.max(1, eValue)) / Math.log(needed)));
  const title =
    kind === 'challenger'
      ? t('models.trial.challenger', 'Challenger {{version}} against the champion', { version: versionName(trial) })
      : t('models.trial.lastGood', 'Is {{version}}, which was in charge before, better than the new champion?', {
          version: versionName(trial),
        });
  return (
    <div className={styles.trial}>
      <Text weight="medium">{title}</Text>
      <div
        role="meter"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
        aria-valuetext={spoken(words)}
        className={styles.track}
      >
        <div className={styles.done} style={{ width: `${100 * share}%` }} />
      </div>
      <Text color="secondary">
        {blocks === 0 || ahead === null ? (
          t('models.trial.begun', 'It has just begun: no day is compared yet.')
        ) : (
          <Sentence text={words} />
        )}
      </Text>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  trial: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5), maxWidth: theme.spacing(80) }),
  track: css({
    height: theme.spacing(1),
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.medium}`,
    overflow: 'hidden',
  }),
  done: css({ height: '100%', background: theme.visualization.getColorByName('blue') }),
});
