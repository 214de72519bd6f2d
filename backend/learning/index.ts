/** What Headroom learns from its own forecasts: live accuracy. */
export { LEADS, scoreTruths, type Lead } from './scoreTruths.ts';
export { summarizeScores } from './summarizeScores.ts';
