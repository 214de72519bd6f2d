/** Whether a series is still what its forecasts take it for: one verdict, learnt hour by hour. */
export { advanceDrift } from './advanceDrift.ts';
export type { DriftInput, ForeseenBlock } from './driftBlock.ts';
export { ALARM_DAYS, newDriftState, type DriftState, type Shift } from './driftState.ts';
export { driftWords, STEADY, UNKNOWN, type DriftKind, type DriftVerdict, type ShiftSize } from './driftVerdict.ts';
export { offCourse } from './offCourse.ts';
export { relevelled } from './relevelled.ts';
