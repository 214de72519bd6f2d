/** Numbers over a chart's times; null is a gap, undefined is no sample at that time. */
export type Values = ReadonlyArray<number | null | undefined>;

/** A central band: `percent` of the probability lies between `lower` and `upper`. */
export interface FanBand {
  readonly percent: number;
  readonly lower: Values;
  readonly upper: Values;
}

/** One quantity over time: what was measured, what is forecast, what it has to fit into. All arrays are `[time]`. */
export interface Fan {
  readonly key: string;
  readonly name: string;
  readonly actual?: Values;
  readonly median?: Values;
  readonly mean?: Values;
  readonly bands: readonly FanBand[];
  readonly capacity?: Values;
  /** The capacity that a plan would give. */
  readonly plan?: Values;
  /** Colours that replace the chart's own. */
  readonly colors?: Partial<FanColors>;
}

export interface FanColors {
  readonly actual: string;
  readonly forecast: string;
  readonly capacity: string;
  readonly plan: string;
}

export type FanPart = 'actual' | 'median' | 'mean' | 'bands' | 'capacity' | 'plan';
