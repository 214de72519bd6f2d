import type { GrafanaTheme2 } from '@grafana/data';
import type { FanColors } from './fan';

/** The theme's colours for what a fan shows; further fans take further hues. */
export function fanColors(theme: GrafanaTheme2, index: number): FanColors {
  const { visualization } = theme;
  const pair = HUES[index % HUES.length] ?? HUES[0];
  return {
    actual: visualization.getColorByName(pair.actual),
    forecast: visualization.getColorByName(pair.forecast),
    capacity: visualization.getColorByName(pair.capacity),
    plan: visualization.getColorByName(pair.plan),
  };
}

/** The theme's colour of a shortfall. */
export function shortfallColor(theme: GrafanaTheme2): string {
  return theme.visualization.getColorByName('red');
}

const HUES = [
  { actual: 'blue', forecast: 'orange', capacity: 'green', plan: 'purple' },
  { actual: 'purple', forecast: 'super-light-purple', capacity: 'light-green', plan: 'light-purple' },
  { actual: 'dark-blue', forecast: 'yellow', capacity: 'dark-green', plan: 'semi-dark-purple' },
  { actual: 'semi-dark-purple', forecast: 'light-red', capacity: 'semi-dark-green', plan: 'dark-purple' },
] as const;
