import type { TargetEntry } from '../../../contract/index.ts';

/** What is known of the target before AWS's client is loaded. */
export const autoScalingAbility = { reads: true, tunesUtilization: false, isExperimental: true } as const;

export function autoScalingName({ group, region }: Extract<TargetEntry, { kind: 'aws-asg' }>): string {
  return `aws-asg ${group} in ${region}`;
}
