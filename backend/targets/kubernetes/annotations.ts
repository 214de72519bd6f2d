const PREFIX = 'headroom.dev/';

/** What Headroom writes beside what it sets, as `headroom.dev/` and these names. */
export function annotationNames(floor: string) {
  return {
    action: `${PREFIX}action`,
    fence: `${PREFIX}fence`,
    holdUntil: `${PREFIX}hold-until`,
    reason: `${PREFIX}reason`,
    originalFloor: `${PREFIX}original-${floor}`,
    originalUtilization: `${PREFIX}original-utilization`,
    setFloor: `${PREFIX}set-${floor}`,
    setUtilization: `${PREFIX}set-utilization`,
  } as const;
}

export type AnnotationNames = ReturnType<typeof annotationNames>;

/** The original of a field that its owner left out. */
export const UNSET = 'unset';
