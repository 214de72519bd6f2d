/** Schemas and types of what plugin and sidecar say to each other, and of the files people write. */
export * from './acting.ts';
export * from './api.ts';
export * from './cost.ts';
export * from './job.ts';
export * from './models.ts';
export * from './plan.ts';
export * from './problem.ts';
export * from './recommendation.ts';
export * from './requests.ts';
export * from './requestViews.ts';
export * from './scalars.ts';
export * from './scaleLimits.ts';
export * from './scenario.ts';
export * from './serviceFile.ts';
export * from './simulation.ts';
export * from './target.ts';
export * from './workloadsFile.ts';
