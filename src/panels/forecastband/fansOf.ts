import { FieldColorModeId, type Field, type GrafanaTheme2 } from '@grafana/data';
import { t } from '../../translations';
import { bandsFromLevels, quantileOf } from '../../charts/bandsFromLevels';
import type { Fan, FanColors, Values } from '../../charts/fan';
import type { MappedGroup, Mapping } from './mapping/mapFields';
import type { ForecastBandOptions } from './options';

/** What the panel draws of each quantity, by its options. */
export function fansOf({ groups }: Mapping, options: ForecastBandOptions, theme: GrafanaTheme2): Fan[] {
  return groups.map((group, index) => {
    const median = options.isMedianShown ? quantileOf(group.quantiles, 0.5) : undefined;
    const isMeanNeeded = options.isMeanShown || (median === undefined && group.quantiles.levels.length === 0);
    return {
      key: String(index),
      name: group.name === '' ? t('panel.series', 'Series') : group.name,
      actual: valuesOf(group.actual),
      median,
      mean: isMeanNeeded || (options.isMedianShown && median === undefined) ? valuesOf(group.mean) : undefined,
      bands: bandsFromLevels(group.quantiles, options.bands),
      capacity: options.isCapacityShown ? valuesOf(group.capacity) : undefined,
      colors: fixedColors(group, theme),
    };
  });
}

function valuesOf(field: Field | undefined): Values | undefined {
  return field?.values as Values | undefined;
}

/** The colours that the field options fix. */
function fixedColors({ actual, forecast, capacity }: MappedGroup, theme: GrafanaTheme2): Partial<FanColors> {
  const colors: { -readonly [key in keyof FanColors]?: string } = {};
  for (const [part, field] of [
    ['actual', actual],
    ['forecast', forecast],
    ['capacity', capacity],
  ] as const) {
    const color = field?.config.color;
    if (color?.mode === FieldColorModeId.Fixed && color.fixedColor !== undefined) {
      colors[part] = theme.visualization.getColorByName(color.fixedColor);
    }
  }
  return colors;
}
