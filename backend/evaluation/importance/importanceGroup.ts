import type { FeatureGroup, OcclusionGroup } from '../../features/index.ts';
import type { History } from '../../forecasting/index.ts';

/** What a group tells of: as features do, or a covariate, or a category of the static metadata. */
export type ImportanceKind = Exclude<FeatureGroup, 'interaction'> | 'covariate' | 'category';

/** Something a forecast can use, named as its feature is, and the history without it. */
export interface ImportanceGroup extends OcclusionGroup<History> {
  readonly kind: ImportanceKind;
  readonly description: string;
}
