import type { Job, JobsResponse } from '../../../contract/job.ts';

/** The trainings among the jobs, of one workload where it is named, newest first. */
export function trainingsOf({ jobs }: JobsResponse, workload?: string): Job[] {
  return jobs.filter((job) => job.kind === 'train' && (workload === undefined || job.workload === workload));
}
