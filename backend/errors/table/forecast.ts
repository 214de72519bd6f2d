import type { ErrorEntry } from '../errorEntry.ts';

export const forecastErrors = {
  FORECAST_HISTORY_EMPTY: {
    status: 422,
    message: 'There is not one measurement in the history of {series}',
    action: 'Check the query or the column; a forecast needs at least one measurement',
  },
  FORECAST_HORIZON_INVALID: {
    status: 400,
    message: 'A horizon of {horizon} steps is not possible',
    action: 'Ask for a whole number of steps from 1 to {limit}',
  },
  FORECAST_LEVELS_INVALID: {
    status: 400,
    message: 'The levels {levels} are not possible',
    action: 'Give numbers between 0 and 1, ascending, each once',
  },
  FORECAST_SEASON_INVALID: {
    status: 400,
    message: 'A season of {season} steps is not possible',
    action: 'Give a whole number of steps, 1 for none',
  },
  FORECAST_MODEL_UNKNOWN: { status: 400, message: 'There is no model named {model}', action: 'Use one of {known}' },
  BACKTEST_TOO_SHORT: {
    status: 400,
    message:
      'A series of {rows} steps is too short for {windows} windows with a horizon of {horizon}: they need {needed}',
    action: 'Ask for fewer windows, a smaller horizon or a smaller stride',
  },
  FORECAST_FAILED: {
    status: 500,
    message: 'Model {model} failed on {series}: {reason}',
    action: 'The last good forecast stays in force; report it with the history that led to it',
  },
  MODEL_ARTEFACT_INVALID: {
    status: 400,
    message: 'The learnt model in {folder} was refused: {reason}',
    action: 'Restore the folder from where it came, or train it anew; without it the other models go on',
  },
  RECIPE_INVALID: {
    status: 400,
    message: '{where}: {field} {problem}',
    action: 'Correct it; models/recipe.yaml is a recipe that is valid',
  },
  MODEL_CHECKPOINT_INVALID: {
    status: 400,
    message: 'The checkpoint {file} cannot be used: {reason}',
    action: 'Remove it, or leave out --resume, to start anew',
  },
  MODEL_HISTORY_UNFIT: {
    status: 422,
    message: 'No model can be tuned on the history of {workload}: {reason}',
    action: 'Wait until more is measured, or correct the queries; the shipped models go on meanwhile',
  },
  MODEL_ROLE_VACANT: {
    status: 409,
    message: 'There is no {role} of {name} for {workload}',
    action: 'Look at the roles in GET /api/v1/models; POST /api/v1/models/{name}/train makes a challenger',
  },
  MODEL_TRAINING_DIVERGED: {
    status: 500,
    message: 'The training came to no finite loss at step {step}',
    action: 'Lower the learning rate in the recipe; nothing was written',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
