/** What can be scaled: webhooks, patches for GitOps, dry runs, and what else a workloads file names. */
export { createRequestTarget } from './createRequestTarget.ts';
export { createTarget } from './createTarget.ts';
export type { TargetDeps } from './targetDeps.ts';
export { targetPlace, type TargetPlace } from './targetPlace.ts';
