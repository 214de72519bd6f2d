import { useEffect, useState } from 'react';
import { jobSchema, type Job } from '../../contract/job.ts';
import { sidecarAddress } from './sidecarAddress';

/**
 * A job as it goes on: told at each change by the sidecar's events until it is over, and what was last asked for
 * where no events arrive.
 */
export function useLiveJob(asked: Job): Job {
  const [told, setTold] = useState<Job | null>(null);
  const { id } = asked;
  const isOver = isJobOver(asked);
  useEffect(() => {
    if (isOver || typeof EventSource === 'undefined') {
      return undefined;
    }
    const events = new EventSource(sidecarAddress(`api/v1/jobs/${encodeURIComponent(id)}/events`));
    events.onmessage = ({ data }: MessageEvent<string>) => {
      const job = readJob(data);
      if (job !== undefined) {
        setTold(job);
      }
      if (job === undefined || isJobOver(job)) {
        events.close();
      }
    };
    // The list is asked for again anyhow, so an ended or refused stream is not opened anew.
    events.onerror = () => events.close();
    return () => events.close();
  }, [id, isOver]);
  return told === null || told.id !== id || isOver || asked.progress > told.progress ? asked : told;
}

/** Whether nothing more comes of a job. */
export function isJobOver({ state }: Pick<Job, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

function readJob(text: string): Job | undefined {
  try {
    return jobSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
