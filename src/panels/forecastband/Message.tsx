import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '../../translations';
import { Icon, Text, Tooltip, useStyles2 } from '@grafana/ui';
import { testIds } from '../../testIds';
import type { Mapping } from './mapping/mapFields';

interface MessageProps {
  /** Null where the result has no time or no numbers. */
  readonly mapping: Mapping | null;
  readonly hasSeries: boolean;
  readonly width: number;
  readonly height: number;
}

/** Why the panel draws nothing, and what it needs. */
export function Message({ mapping, hasSeries, width, height }: MessageProps) {
  const styles = useStyles2(getStyles);
  const { title, detail } = explain(mapping, hasSeries);
  return (
    <div className={styles.message} style={{ width, height }} role="status" data-testid={testIds.forecastBand.message}>
      <Text element="p" textAlignment="center">
        {title}
      </Text>
      {detail !== '' && (
        <Text element="p" color="secondary" textAlignment="center" variant="bodySmall">
          {detail}
        </Text>
      )}
    </div>
  );
}

/** That what is drawn has no forecast in it, and how one is recognised. */
export function Hint({ unused }: { readonly unused: readonly string[] }) {
  const styles = useStyles2(getStyles);
  const detail = [howNamesWork(), unused.length === 0 ? '' : unknown(unused)].filter(Boolean).join(' ');
  return (
    <div className={styles.hint} data-testid={testIds.forecastBand.message}>
      <Tooltip content={detail}>
        <button type="button" className={styles.hintButton} aria-label={`${noForecast()} ${detail}`}>
          <Icon name="info-circle" size="sm" />
          <Text variant="bodySmall" color="secondary">
            {noForecast()}
          </Text>
        </button>
      </Tooltip>
    </div>
  );
}

function explain(mapping: Mapping | null, hasSeries: boolean): { readonly title: string; readonly detail: string } {
  if (!hasSeries) {
    return {
      title: t('panel.empty.title', 'No data'),
      detail: t('panel.empty.detail', 'The queries returned nothing for this time range.'),
    };
  }
  if (mapping === null) {
    return {
      title: t('panel.noTime.title', 'No numbers over time'),
      detail: t('panel.noTime.detail', 'The panel needs a time field and at least one number field.'),
    };
  }
  return { title: noForecast(), detail: [howNamesWork(), unknown(mapping.unused)].join(' ') };
}

function noForecast(): string {
  return t('panel.noForecast.title', 'No forecast among the series');
}

function howNamesWork(): string {
  return t(
    'panel.noForecast.names',
    'Quantiles are recognised by a label “quantile” or by names such as q0.1, p90, yhat_lower or upper; or choose fields in the panel options under “Fields”.'
  );
}

function unknown(names: readonly string[]): string {
  return t('panel.noForecast.unknown', 'Not recognised: {{names}}.', {
    names: names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : ''),
  });
}

const getStyles = (theme: GrafanaTheme2) => ({
  message: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    padding: theme.spacing(2),
    overflow: 'hidden',
  }),
  hint: css({ position: 'absolute', top: 0, right: theme.spacing(1), zIndex: theme.zIndex.activePanel }),
  hintButton: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0, 0.5),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    color: theme.colors.text.secondary,
  }),
});
