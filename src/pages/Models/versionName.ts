import { t } from '../../translations';

/** A version as people read it: what ships, or what was tuned on the workload's own history. */
export function versionName({
  origin,
  version,
}: {
  readonly origin: 'shipped' | 'tuned';
  readonly version: string;
}): string {
  return origin === 'shipped'
    ? t('models.version.shipped', '{{version}} (as shipped)', { version })
    : t('models.version.tuned', '{{version}} (own tune)', { version });
}
