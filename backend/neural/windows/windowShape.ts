/** Steps of one future patch: what one query answers. */
export const PATCH_STEPS = 12;
/** Values of one token of the context. */
export const TOKEN_STEPS = 24;
/** The resolutions of the context, coarsest first: `tokens` tokens of means over `block` steps, all ending at the cutoff. */
export const CONTEXT_LEVELS = [
  { block: 48, tokens: 4 },
  { block: 12, tokens: 7 },
  { block: 4, tokens: 4 },
  { block: 1, tokens: 8 },
] as const;
export const TOKEN_COUNT = 23;
/** Steps that the context reaches back: 4 tokens of 24 means over 48 steps. */
export const CONTEXT_STEPS = 4608;
/** Earlier cycles that a query compares with the present. */
export const CYCLE_COUNT = 14;
/** Forms of each cycle's continuation: as it was, moved to the level of the last hour, of the last cycle, and by a shift that fades. */
export const CYCLE_FORMS = 4;
/** Steps that the longest query lies ahead in training. */
export const TRAINED_STEPS = 900;
/** The levels that a network answers. */
export const NEURAL_LEVELS: readonly number[] = [
  0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99,
];
export const LEVEL_COUNT = 15;

/** Features by input, in the order in which they are written. */
export const TOKEN_FEATURES = 3 * TOKEN_STEPS + 5;
export const WINDOW_FEATURES = 33;
export const QUERY_FEATURES = 30;
export const KEY_FEATURES = 13;
/** Candidates that need no attention: last value, means, location, seasonal means, the driven value. */
export const BASE_CANDIDATES = 9;
/** Empirical quantiles: of the last cycle, the last three, of this phase, of this phase at the present level. */
export const QUANTILE_CANDIDATES = 4;
/** Static categories: tier, industry, region, size. */
export const CATEGORY_COUNT = 4;
/** The highest index of a category, 0 being unknown. */
export const CATEGORY_SIZES: readonly number[] = [16, 32, 32, 16];

/** Elements of one window's part of each input, by name; `q` marks those that stand once for each query. */
export const INPUT_SHAPES = {
  tokens: [TOKEN_COUNT, TOKEN_FEATURES],
  window: [WINDOW_FEATURES],
  query: ['q', QUERY_FEATURES],
  keys: ['q', CYCLE_COUNT, KEY_FEATURES],
  cycles: ['q', CYCLE_COUNT, CYCLE_FORMS * PATCH_STEPS],
  candidates: ['q', BASE_CANDIDATES, PATCH_STEPS],
  quantiles: ['q', LEVEL_COUNT, QUANTILE_CANDIDATES],
  spread: ['q', 2],
} as const;

export type InputName = keyof typeof INPUT_SHAPES;
