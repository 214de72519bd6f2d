import { z } from 'zod';

/** What one arm of a test runs. */
export const armSchema = z.union([
  z.strictObject({ risk: z.number() }),
  z.strictObject({ policy: z.enum(['headroom', 'headroom-floor-only', 'hpa']) }),
  z.strictObject({ model: z.string(), origin: z.enum(['shipped', 'tuned']), version: z.string() }),
]);

export type ArmSetting = z.infer<typeof armSchema>;
export type ModelArm = Extract<ArmSetting, { model: string }>;

/** The setting that is tried at this moment, and whether what it needs is there. */
export interface TestedNow {
  readonly setting: ArmSetting;
  /** False where the model that is tried has no forecast yet: what is declared stands. */
  readonly isInForce: boolean;
}

/** An arm in words, as verdict and audit have it. */
export function armWords(arm: ArmSetting): string {
  return 'risk' in arm
    ? `risk ${String(arm.risk)}`
    : 'policy' in arm
      ? `policy ${arm.policy}`
      : `model ${arm.model} ${arm.origin} ${arm.version}`;
}

export function isSameArm(a: ArmSetting, b: ArmSetting): boolean {
  return armWords(a) === armWords(b);
}
