import { HeadroomError } from '../../../errors/index.ts';
import { REQUEST_KINDS, type RequestKind, type RequestSetting, type RequestState } from '../../../scaling/index.ts';
import { contentVersion } from '../contentVersion.ts';
import { fieldManagers } from '../fieldManagers.ts';
import { parseAnswer, type KubernetesObject } from '../kubernetesObject.ts';
import { podContainer } from './podContainer.ts';
import { templateSchema, type Container, type Pod } from './podShapes.ts';
import { readMarks, type RequestMarks } from './requestMarks.ts';
import { isSameSetting, settingOf } from './requestQuantities.ts';

export type RequestWay = 'recommend' | 'resize' | 'rollout';

/** What a state is read from. */
export interface RequestSeen {
  readonly object: KubernetesObject;
  readonly pods: readonly Pod[];
  readonly scaledBy: Readonly<Partial<Record<RequestKind, string>>>;
  readonly isResizeOffered: boolean;
}

export interface RequestReading extends RequestSeen {
  readonly state: RequestState;
  readonly marks: RequestMarks | undefined;
  readonly container: Container;
  /** In the template. */
  readonly index: number;
  /** Pods that do not have yet what is held, or, where nothing is, what the template says. */
  readonly behind: readonly Pod[];
}

/** Reads object and pods as a target of requests; throws TARGET_FAILED where they are none. */
export function readRequests(
  target: string,
  apply: RequestWay,
  containerName: string | undefined,
  seen: RequestSeen
): RequestReading {
  const { object, pods, scaledBy, isResizeOffered } = seen;
  const { containers } = parseAnswer(target, templateSchema, object.spec).template.spec;
  const index = containerName === undefined ? 0 : containers.findIndex(({ name }) => name === containerName);
  const container = containers[index];
  if (container === undefined || (containerName === undefined && containers.length > 1)) {
    const names = containers.map(({ name }) => name).join(', ');
    const problem = `name one of its containers in scaling.requests.target.container: ${names}`;
    throw new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem });
  }
  const found = readMarks(object);
  const marks = found === 'damaged' ? undefined : found;
  const template = settingOf(container.resources?.requests);
  const isTemplateOurs = marks !== undefined && isSameSetting(template, { ...template, ...marks.set });
  const original = apply === 'rollout' && isTemplateOurs ? { ...template, ...marks.original } : template;
  const held = marks === undefined ? undefined : { ...original, ...marks.set };
  const live = pods.map((pod) => settingOf(podContainer(pod, container.name)?.resources?.requests));
  const asked = held ?? original;
  const behind = apply === 'rollout' ? [] : pods.filter((_, at) => !isSameSetting(live[at]!, asked));
  const refused = apply === 'resize' && held !== undefined ? pods.flatMap(refusalOf) : [];
  const state: RequestState = {
    setting: apply === 'rollout' ? template : least(live, template),
    original,
    isHeld: marks !== undefined,
    ...(held === undefined ? {} : { held }),
    limits: settingOf(container.resources?.limits),
    replicas: { total: pods.length, behind: behind.length, refused },
    way: wayOf(apply, isResizeOffered, pods),
    left: { ...(apply === 'resize' ? restarting(container) : {}), ...scaledBy },
    ...(marks === undefined ? {} : { mark: marks.mark }),
    version: contentVersion(object),
    conflicts: [
      ...(found === 'damaged' ? ['its annotations of Headroom were changed by hand'] : []),
      ...(apply === 'rollout' && marks !== undefined && !isTemplateOurs
        ? ['the requests that Headroom set in its template were changed by hand']
        : []),
      ...(apply === 'rollout' ? fieldManagers(object, 'template') : []),
    ],
  };
  return { ...seen, state, marks, container, index, behind };
}

function wayOf(apply: RequestWay, isResizeOffered: boolean, pods: readonly Pod[]): RequestState['way'] {
  if (apply === 'recommend') {
    return { kind: 'none', reason: 'scaling.requests.apply says recommend' };
  }
  if (apply === 'rollout') {
    return { kind: 'rollout' };
  }
  if (!isResizeOffered) {
    return { kind: 'none', reason: 'this cluster offers no resize of pods as they run (Kubernetes 1.33 does)' };
  }
  return pods.some(({ status }) => status?.qosClass === 'Guaranteed')
    ? { kind: 'none', reason: 'its requests are its limits (Guaranteed), which a request alone cannot leave' }
    : { kind: 'resize' };
}

/** A resize would restart the container for it: that is a rollout behind somebody's back. */
function restarting({ resizePolicy }: Container): Partial<Record<RequestKind, string>> {
  return Object.fromEntries(
    (resizePolicy ?? []).flatMap(({ resourceName, restartPolicy }) =>
      (resourceName === 'cpu' || resourceName === 'memory') && restartPolicy === 'RestartContainer'
        ? [[resourceName, 'its resizePolicy restarts the container for it'] as const]
        : []
    )
  );
}

function refusalOf({ metadata, status }: Pod): string[] {
  const pending = (status?.conditions ?? []).find(
    ({ type, status: is }) => type === 'PodResizePending' && is !== 'False'
  );
  return pending === undefined ? [] : [`${metadata.name}: ${pending.reason ?? 'pending'}`];
}

function least(live: readonly RequestSetting[], template: RequestSetting): RequestSetting {
  return Object.fromEntries(
    REQUEST_KINDS.flatMap((kind) => {
      const values = live.flatMap((each) => each[kind] ?? []);
      const value = values.length === 0 ? template[kind] : Math.min(...values);
      return value === undefined ? [] : [[kind, value] as const];
    })
  );
}
