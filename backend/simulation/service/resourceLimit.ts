/** What happens to a service when one of its resources is full. */
export type WhenFull = 'queues' | 'throttles' | 'kills';

/** What a replica has of a resource beside the demand that it serves. */
export interface ResourceLimit {
  readonly perReplica: number;
  readonly whenFull: WhenFull;
}

const KNOWN: Readonly<Record<string, WhenFull>> = {
  cpu: 'queues',
  memory: 'kills',
  disk: 'throttles',
  network: 'throttles',
};

/** What a resource of this name does when it is full, where nobody says otherwise: work queues for what is not known. */
export function usualWhenFull(resource: string): WhenFull {
  return KNOWN[resource] ?? 'queues';
}
