import type { TriedSetting } from '../../../contract/experiments.ts';

export const TRIED_KINDS = ['risk', 'policy', 'model'] as const;
export const TRIED_POLICIES = ['hpa', 'headroom-floor-only'] as const;

/** What is tried, as far as it is filled in. */
export interface TriedDraft {
  readonly kind: (typeof TRIED_KINDS)[number];
  /** In per cent, as typed. */
  readonly risk: string;
  readonly policy: (typeof TRIED_POLICIES)[number];
  /** null: none is chosen, or there is none with a challenger. */
  readonly model: string | null;
}

/** A draft as the sidecar takes it; null where something is missing or out of bounds. */
export function triedSetting({ kind, risk, policy, model }: TriedDraft): TriedSetting | null {
  switch (kind) {
    case 'risk': {
      const share = percentOf(risk);
      return share === null || share >= 1 ? null : { risk: share };
    }
    case 'policy':
      return { policy };
    case 'model':
      return model === null ? null : { model };
  }
}

/** A typed percentage as a share above 0 and up to 1; null for anything else. */
export function percentOf(text: string): number | null {
  const share = text.trim() === '' ? NaN : Number(text) / 100;
  return share > 0 && share <= 1 ? share : null;
}
