/** A configuration of GIFT-Eval's Web/CloudOps that can be scored from the given files. */
export interface GiftConfiguration {
  readonly name: string;
  readonly group: 'application' | 'l2c' | 'bitbrains';
  /** In `shared/data/gift-cloudops`. */
  readonly file: string;
  readonly horizon: number;
  readonly windows: number;
  readonly season: number;
}

type Row = readonly [
  name: string,
  group: GiftConfiguration['group'],
  file: string,
  horizon: number,
  windows: number,
  season: number,
];

const ROWS: readonly Row[] = [
  ['bizitobs_application/10S/short', 'application', 'bizitobs_application_10S', 60, 15, 360],
  ['bizitobs_application/10S/medium', 'application', 'bizitobs_application_10S', 600, 2, 360],
  ['bizitobs_application/10S/long', 'application', 'bizitobs_application_10S', 900, 1, 360],
  ['bizitobs_l2c/5T/short', 'l2c', 'bizitobs_l2c_5T', 48, 20, 288],
  ['bizitobs_l2c/5T/medium', 'l2c', 'bizitobs_l2c_5T', 480, 7, 288],
  ['bizitobs_l2c/5T/long', 'l2c', 'bizitobs_l2c_5T', 720, 5, 288],
  ['bizitobs_l2c/H/short', 'l2c', 'bizitobs_l2c_H', 48, 6, 24],
  ['bizitobs_l2c/H/medium', 'l2c', 'bizitobs_l2c_H', 480, 1, 24],
  ['bizitobs_l2c/H/long', 'l2c', 'bizitobs_l2c_H', 720, 1, 24],
  ['bitbrains_rnd/5T/short', 'bitbrains', 'bitbrains_rnd_5T', 48, 18, 288],
  ['bitbrains_rnd/5T/medium', 'bitbrains', 'bitbrains_rnd_5T', 480, 2, 288],
  ['bitbrains_rnd/5T/long', 'bitbrains', 'bitbrains_rnd_5T', 720, 2, 288],
  ['bitbrains_rnd/H/short', 'bitbrains', 'bitbrains_rnd_H', 48, 2, 24],
];

/** The 13 configurations, as the table of `shared/data/README.md` has them. */
export const GIFT_CONFIGURATIONS: readonly GiftConfiguration[] = ROWS.map(
  ([name, group, file, horizon, windows, season]) => ({ name, group, file, horizon, windows, season })
);
