import type { Job } from '../../../contract/index.ts';

/** Whether nothing will change about a job any more. */
export function isOver({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running';
}
