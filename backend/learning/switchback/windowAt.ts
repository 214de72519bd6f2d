import type { Arm, SwitchbackDesign } from './switchbackDesign.ts';

export interface SwitchbackWindow {
  readonly index: number;
  readonly arm: Arm;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** The window that an instant lies in; undefined before the start and from the end on. */
export function windowAt(design: SwitchbackDesign, atSeconds: number): SwitchbackWindow | undefined {
  const index = Math.floor((atSeconds - design.startSeconds) / design.windowSeconds);
  const arm = design.arms[index];
  if (arm === undefined) {
    return undefined;
  }
  const startSeconds = design.startSeconds + index * design.windowSeconds;
  return { index, arm, startSeconds, endSeconds: startSeconds + design.windowSeconds };
}
