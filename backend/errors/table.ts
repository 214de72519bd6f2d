import { actingErrors } from './table/acting.ts';
import { apiErrors } from './table/api.ts';
import { configErrors } from './table/config.ts';
import { experimentErrors } from './table/experiment.ts';
import { forecastErrors } from './table/forecast.ts';
import { inputErrors } from './table/input.ts';
import { promqlErrors } from './table/promql.ts';
import { simulationErrors } from './table/simulation.ts';
import { sourceErrors } from './table/source.ts';
import { storageErrors } from './table/storage.ts';
import { targetErrors } from './table/target.ts';
import type { ErrorEntry } from './errorEntry.ts';

/** Every error that Headroom raises on purpose. `docs/errors.md` is held equal to it by a test; codes are never reused. */
export const ERROR_TABLE = {
  ...actingErrors,
  ...apiErrors,
  ...configErrors,
  ...experimentErrors,
  ...forecastErrors,
  ...inputErrors,
  ...promqlErrors,
  ...simulationErrors,
  ...sourceErrors,
  ...storageErrors,
  ...targetErrors,
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof ERROR_TABLE;
