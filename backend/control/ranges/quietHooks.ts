import type { FleetHooks } from '../fleetHooks.ts';

const REPEAT_SECONDS = 3600;
const MOST_MESSAGES = 100;

/**
 * The hooks of a range: what a turn a minute would say again and again is said once an hour, and the state of a source
 * is left to the day ahead, since a source that is fine may be too coarse for a finer step.
 */
export function quietHooks(hooks: FleetHooks): FleetHooks {
  const said = new Map<string, number>();
  return {
    ...hooks,
    event(event) {
      const key = `${event.what}\n${event.message}`;
      const age = event.atSeconds - (said.get(key) ?? Number.NEGATIVE_INFINITY);
      if (age >= 0 && age < REPEAT_SECONDS) {
        return;
      }
      if (said.size >= MOST_MESSAGES) {
        said.clear();
      }
      said.set(key, event.atSeconds);
      hooks.event(event);
    },
    sourceError: () => undefined,
    sourceSuccess: () => undefined,
    workloadSuccess: () => undefined,
  };
}
