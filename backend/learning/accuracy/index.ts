/** How the forecasts turned out: sums by series, model, lead and day, and what they say. */
export { arrivedTruths, missingTruths, type LateTruths } from './lateTruths.ts';
export { LEADS, scoreTruths, type Lead } from './scoreTruths.ts';
export { summarizeScores } from './summarizeScores.ts';
