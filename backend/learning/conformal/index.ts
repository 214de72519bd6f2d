/** Quantiles that are moved by how they held of late: adaptive conformal inference over several rates. */
export { conformed, correctionOf, type Correction } from './conformed.ts';
export { newConformalState, type ConformalState } from './conformalState.ts';
export { beginHour, learnConformal, zoneShifts, type ConformalPairs } from './learnConformal.ts';
