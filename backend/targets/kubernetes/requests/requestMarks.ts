import { REQUEST_KINDS, type RequestSetting, type TargetMark } from '../../../scaling/index.ts';
import type { KubernetesObject } from '../kubernetesObject.ts';
import { requestText, settingOf } from './requestQuantities.ts';

export const REQUEST_ANNOTATIONS = {
  action: 'headroom.dev/requests-action',
  fence: 'headroom.dev/requests-fence',
  set: 'headroom.dev/requests-set',
  original: 'headroom.dev/requests-original',
  reason: 'headroom.dev/requests-reason',
} as const;

export interface RequestMarks {
  readonly mark: TargetMark;
  readonly set: RequestSetting;
  readonly original: RequestSetting;
}

/** What Headroom keeps beside the requests that it set; `damaged` where somebody changed it by hand. */
export function readMarks({ metadata }: KubernetesObject): RequestMarks | 'damaged' | undefined {
  const { annotations = {} } = metadata;
  const of = (name: keyof typeof REQUEST_ANNOTATIONS) => annotations[REQUEST_ANNOTATIONS[name]];
  if (Object.values(REQUEST_ANNOTATIONS).every((name) => annotations[name] === undefined)) {
    return undefined;
  }
  const [set, original, action, fence] = [
    quantitiesOf(of('set')),
    quantitiesOf(of('original')),
    of('action'),
    of('fence'),
  ];
  return set === undefined || original === undefined || !action || !/^\d{1,15}$/.test(fence ?? '')
    ? 'damaged'
    : { mark: { action, fence: Number(fence) }, set, original };
}

/** A setting as `cpu=500m,memory=1Gi`. */
export function settingText(setting: RequestSetting): string {
  return REQUEST_KINDS.flatMap((kind) => {
    const value = setting[kind];
    return value === undefined ? [] : [`${kind}=${requestText(kind, value)}`];
  }).join(',');
}

function quantitiesOf(text: string | undefined): RequestSetting | undefined {
  if (text === undefined) {
    return undefined;
  }
  const parts = text === '' ? [] : text.split(',').map((part) => /^(cpu|memory)=([0-9.]+[A-Za-z]*)$/.exec(part));
  return parts.includes(null)
    ? undefined
    : settingOf(Object.fromEntries(parts.map((match) => [match![1]!, match![2]!])));
}
