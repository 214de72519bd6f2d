/** One limit of how far an HPA may go within a period. */
export interface HpaPolicy {
  readonly kind: 'pods' | 'percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/** How an HPA may move in one direction. */
export interface HpaRules {
  readonly stabilizationSeconds: number;
  readonly select: 'max' | 'min' | 'disabled';
  readonly policies: readonly HpaPolicy[];
}

/** `spec.behavior` of an autoscaling/v2 HPA. */
export interface HpaBehavior {
  readonly up: HpaRules;
  readonly down: HpaRules;
}

/** The defaults of autoscaling/v2: up at once, by 4 pods or 100 % in 15 s; down after five minutes, without a limit. */
export const DEFAULT_HPA_BEHAVIOR: HpaBehavior = {
  up: {
    stabilizationSeconds: 0,
    select: 'max',
    policies: [
      { kind: 'pods', value: 4, periodSeconds: 15 },
      { kind: 'percent', value: 100, periodSeconds: 15 },
    ],
  },
  down: {
    stabilizationSeconds: 300,
    select: 'max',
    policies: [{ kind: 'percent', value: 100, periodSeconds: 15 }],
  },
};
