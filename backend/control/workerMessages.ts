import type { ThreadError } from '../errors/index.ts';
import type { ModelFolders } from '../learning/index.ts';
import type { FitJob, ImportanceJob, OutlookJob, PreviewJob, RangeJob, ShadowJob } from './compute.ts';

export type WorkerJob =
  | { readonly kind: 'outlook'; readonly job: OutlookJob }
  | { readonly kind: 'fit'; readonly job: FitJob }
  | { readonly kind: 'preview'; readonly job: PreviewJob }
  | { readonly kind: 'importance'; readonly job: ImportanceJob }
  | { readonly kind: 'near' | 'planning'; readonly job: RangeJob }
  | { readonly kind: 'shadow'; readonly job: ShadowJob }
  | { readonly kind: 'models' }
  | { readonly kind: 'forget'; readonly job: string };

export type WorkerRequest = WorkerJob & { readonly id: number };

export interface WorkerReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: ThreadError;
}

/** What a worker thread is started with. */
export interface ComputeWorkerData {
  /** Where the learnt models are; none where it is absent. */
  readonly modelFolders: ModelFolders | undefined;
}
