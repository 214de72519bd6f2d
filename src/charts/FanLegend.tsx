import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import {
  LegendDisplayMode,
  SeriesIcon,
  useStyles2,
  useTheme2,
  VizLegend,
  type LegendPlacement,
  type VizLegendItem,
} from '@grafana/ui';
import { formatNumber } from '../formatting/formatNumber';
import { fanColors } from './chartColors';
import type { Fan, FanPart } from './fan';
import { partKey } from './fanLayout';
import { partLabel } from './partLabel';

interface FanLegendProps {
  readonly fans: readonly Fan[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly placement: LegendPlacement;
  readonly displayMode?: LegendDisplayMode;
}

/** What each line and band is; a click switches it off and on. */
export function FanLegend({ fans, hidden, onToggle, placement, displayMode = LegendDisplayMode.List }: FanLegendProps) {
  const theme = useTheme2();
  const items = useMemo(
    () =>
      fans.flatMap((fan, index) => {
        const colors = { ...fanColors(theme, index), ...fan.colors };
        const band = colorManipulator.alpha(colors.forecast, 0.4);
        const parts: ReadonlyArray<readonly [FanPart, boolean, string]> = [
          ['actual', fan.actual !== undefined, colors.actual],
          ['median', fan.median !== undefined, colors.forecast],
          ['mean', fan.mean !== undefined, colors.forecast],
          ['bands', fan.bands.length > 0, band],
          ['capacity', fan.capacity !== undefined, colors.capacity],
          ['plan', fan.plan !== undefined, colors.plan],
        ];
        return parts
          .filter(([, isPresent]) => isPresent)
          .map(([part, , color]): VizLegendItem<string> => {
            const key = partKey(fan.key, part);
            return {
              label: legendLabel(fan, part, fans.length > 1),
              color,
              yAxis: 1,
              disabled: hidden.has(key),
              getItemKey: () => key,
              data: key,
              lineStyle:
                part === 'capacity' || part === 'plan'
                  ? { fill: 'dash' }
                  : part === 'mean'
                    ? { fill: 'dot' }
                    : undefined,
            };
          });
      }),
    [fans, hidden, theme]
  );
  return (
    <VizLegend<string>
      placement={placement}
      displayMode={displayMode}
      items={items}
      itemRenderer={(item) => <LegendButton key={item.data} item={item} onToggle={onToggle} />}
      onLabelClick={({ data }) => {
        if (data !== undefined) {
          onToggle(data);
        }
      }}
    />
  );
}

interface LegendButtonProps {
  readonly item: VizLegendItem<string>;
  readonly onToggle: (key: string) => void;
}

/** An entry that is called by its own name; Grafana's are all called alike to those who listen. */
function LegendButton({ item: { label, color, lineStyle, disabled = false, data }, onToggle }: LegendButtonProps) {
  const styles = useStyles2(getStyles);
  return (
    <button
      type="button"
      className={styles.item}
      aria-pressed={!disabled}
      data-legend-mark
      onClick={() => {
        if (data !== undefined) {
          onToggle(data);
        }
      }}
    >
      <SeriesIcon color={color} lineStyle={lineStyle} />
      <span className={disabled ? styles.off : undefined}>{label}</span>
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  item: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    padding: 0,
    border: 'none',
    background: 'none',
    color: theme.colors.text.primary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
  off: css({ color: theme.colors.text.disabled }),
});

function legendLabel(fan: Fan, part: FanPart, isNamed: boolean): string {
  const [first] = fan.bands;
  const label =
    part === 'bands' && fan.bands.length === 1 && first !== undefined
      ? partLabel('bands', first.percent)
      : part === 'bands'
        ? `${partLabel('bands')} (${[...fan.bands]
            .map(({ percent }) => percent)
            .sort((a, b) => a - b)
            .map((percent) => formatNumber(percent / 100, { style: 'percent' }))
            .join(', ')})`
        : partLabel(part);
  return isNamed ? `${fan.name}: ${label}` : label;
}
