import type { Held } from '../held/held.ts';

/** `hold` raises the floor, `back` gives it back: what Headroom holds stands in the name of a scheduled action. */
export interface NamedAction {
  readonly kind: 'hold' | 'back';
  readonly held: Held;
}

export const NAME_LIMIT = 255;

export function formatActionName({ kind, held }: NamedAction): string {
  const { action, fence, setting, original, holdUntilSeconds } = held;
  return `headroom ${kind} ${action} ${fence} ${setting.floor} ${original.floor} ${Math.round(holdUntilSeconds)}`;
}

/** `undefined` for an action that is none of Headroom's. */
export function parseActionName(name: string): NamedAction | undefined {
  const match = /^headroom (hold|back) ([\x21-\x7e]+) (-?\d{1,15}) (\d{1,15}) (\d{1,15}) (\d{1,15})$/.exec(name);
  if (match === null) {
    return undefined;
  }
  const [, kind, action = '', fence, floor, original, holdUntil] = match;
  return {
    kind: kind === 'hold' ? 'hold' : 'back',
    held: {
      action,
      fence: Number(fence),
      setting: { floor: Number(floor) },
      original: { floor: Number(original) },
      holdUntilSeconds: Number(holdUntil),
    },
  };
}
