/** Series made up for training: services, machines, jobs, counts, and resources that follow an activity. */
export { meanSize } from './meanSize.ts';
export { GENERATORS, type Generator, type SeriesShape, type SyntheticSeries } from './generators.ts';
