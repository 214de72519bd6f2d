export { ACCOUNT_VOCABULARY, drawAccount, type Account } from './account.ts';
export { finished } from './finished.ts';
export { jobPeriods } from './jobPeriods.ts';
export { quantised } from './quantised.ts';
export { redNoise } from './redNoise.ts';
export { rhythm } from './rhythm.ts';
export { ring } from './ring.ts';
export { ringAt } from './ringAt.ts';
