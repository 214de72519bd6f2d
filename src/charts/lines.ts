import type { Values } from './fan';

/** A quantity over time, perhaps with the interval that it lies in. All arrays are `[time]`. */
export interface ChartLine {
  readonly key: string;
  readonly name: string;
  /** A hue of the theme. */
  readonly hue: 'blue' | 'orange' | 'green' | 'purple' | 'red';
  readonly values: Values;
  readonly interval?: { readonly lower: Values; readonly upper: Values };
  readonly shape: 'line' | 'step' | 'bars';
}
