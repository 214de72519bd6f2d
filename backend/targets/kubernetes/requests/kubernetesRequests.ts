import { HeadroomError } from '../../../errors/index.ts';
import type {
  RequestChange,
  RequestSetting,
  RequestState,
  RequestTarget,
  TargetDifference,
  TargetPreview,
} from '../../../scaling/index.ts';
import type { KubernetesClient } from '../client.ts';
import { parseAnswer, parseObject } from '../kubernetesObject.ts';
import { NAME } from '../objectName.ts';
import type { ObjectPlace } from '../scaledKind.ts';
import { specDifferences } from '../specDifferences.ts';
import { admitRequests } from './admitRequests.ts';
import { listPods } from './listPods.ts';
import { offersResize } from './offersResize.ts';
import { podContainer } from './podContainer.ts';
import { podSchema, templateSchema, type Pod } from './podShapes.ts';
import { readRequests, type RequestReading, type RequestWay } from './readRequests.ts';
import { containerOperations, markOperations } from './requestOperations.ts';
import { isSameSetting, settingOf } from './requestQuantities.ts';
import { scaledByUtilization } from './scaledByUtilization.ts';

/** An object's status changes all the time; so often a change is decided anew on what the object has become. */
const TRIES = 5;

export interface RequestPlace {
  readonly kind: 'deployment' | 'statefulset';
  readonly namespace: string;
  readonly name: string;
  readonly container?: string | undefined;
}

/**
 * Requests of the pods of a Deployment or StatefulSet: of pods as they run (`pods/resize`), the template untouched, or of
 * the template, which replaces them. The marks stand at the object, written before any pod is: whoever comes after makes up
 * for pods that do not have it yet.
 */
export class KubernetesRequests implements RequestTarget {
  readonly kind: string;
  readonly name: string;
  readonly #place: ObjectPlace;
  readonly #container: string | undefined;
  readonly #objectKind: 'Deployment' | 'StatefulSet';
  readonly #path: string;
  readonly #apply: RequestWay;
  readonly #open: () => Promise<KubernetesClient>;
  #client: Promise<KubernetesClient> | undefined;

  constructor(
    { kind, namespace, name, container }: RequestPlace,
    apply: RequestWay,
    open: () => Promise<KubernetesClient>
  ) {
    this.kind = kind;
    this.name = `requests of ${kind} ${namespace}/${name}`;
    this.#place = { target: this.name, namespace, name };
    this.#container = container;
    this.#objectKind = kind === 'deployment' ? 'Deployment' : 'StatefulSet';
    this.#path = `/apis/apps/v1/namespaces/${namespace}/${kind}s/${name}`;
    this.#apply = apply;
    this.#open = open;
  }

  async read(signal: AbortSignal): Promise<RequestState> {
    return (await this.#read(await this.#connect(signal), signal)).state;
  }

  async preview(change: RequestChange, signal: AbortSignal): Promise<TargetPreview> {
    const client = await this.#connect(signal);
    const reading = await this.#read(client, signal);
    const admitted = admitRequests(this.name, reading.state, change);
    const differences =
      admitted.kind === 'done'
        ? []
        : this.#apply === 'rollout'
          ? await this.#rollOut(client, reading, change, admitted, true, signal)
          : await this.#resize(client, reading, admitted.setting, true, signal);
    const { conflicts, replicas } = reading.state;
    return {
      differences,
      dryRun: {
        kind: 'accepted',
        message: differences.length === 0 ? 'nothing would change' : "accepted by the API server's own dry run",
      },
      warnings: [
        ...conflicts,
        ...(this.#apply === 'rollout' ? [`a rollout replaces all ${String(replicas.total)} pods`] : []),
      ],
    };
  }

  async apply(change: RequestChange, signal: AbortSignal): Promise<void> {
    const client = await this.#connect(signal);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#attempt(client, change, signal);
        return;
      } catch (error) {
        const isOutrun = error instanceof HeadroomError && error.code === 'TARGET_CONFLICT';
        if (!isOutrun || attempt >= TRIES) {
          throw error;
        }
      }
    }
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.close();
    this.#client = undefined;
  }

  async #attempt(client: KubernetesClient, change: RequestChange, signal: AbortSignal): Promise<void> {
    const reading = await this.#read(client, signal);
    const admitted = admitRequests(this.name, reading.state, change);
    if (admitted.kind === 'done') {
      return;
    }
    if (this.#apply === 'rollout') {
      await this.#rollOut(client, reading, change, admitted, false, signal);
      return;
    }
    if (admitted.kind === 'hold') {
      await this.#mark(client, reading, change, admitted.setting, signal);
    }
    await this.#resize(client, reading, admitted.setting, false, signal);
    if (admitted.kind === 'give back') {
      await this.#mark(client, reading, change, undefined, signal);
    }
  }

  async #connect(signal: AbortSignal): Promise<KubernetesClient> {
    signal.throwIfAborted();
    const { target, namespace, name } = this.#place;
    if (!NAME.test(namespace) || !NAME.test(name)) {
      throw new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem: 'its namespace or name is none' });
    }
    this.#client ??= this.#open();
    try {
      return await this.#client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  async #read(client: KubernetesClient, signal: AbortSignal): Promise<RequestReading> {
    const { target, name } = this.#place;
    const { json } = await client.get({ target, path: this.#path, signal });
    const object = parseObject(target, name, json);
    const template = parseAnswer(target, templateSchema, object.spec);
    const pods = await listPods(client, this.#place, this.#objectKind, template, signal);
    const scaledBy = await scaledByUtilization(client, this.#place, this.#objectKind, signal);
    const isResizeOffered = this.#apply === 'resize' && (await offersResize(client, target, signal));
    return readRequests(target, this.#apply, this.#container, { object, pods, scaledBy, isResizeOffered });
  }

  async #mark(
    client: KubernetesClient,
    reading: RequestReading,
    change: RequestChange,
    setting: RequestSetting | undefined,
    signal: AbortSignal
  ): Promise<void> {
    const body = markOperations(reading, change, setting);
    await client.patch({ target: this.name, path: this.#path, type: 'json', body, signal });
  }

  async #rollOut(
    client: KubernetesClient,
    reading: RequestReading,
    change: RequestChange,
    admitted: { readonly kind: string; readonly setting: RequestSetting },
    isDryRun: boolean,
    signal: AbortSignal
  ): Promise<TargetDifference[]> {
    const { container, index, object } = reading;
    const body = [
      ...markOperations(reading, change, admitted.kind === 'give back' ? undefined : admitted.setting),
      ...containerOperations(`/spec/template/spec/containers/${String(index)}`, container, admitted.setting),
    ];
    const { json } = await client.patch({ target: this.name, path: this.#path, type: 'json', body, isDryRun, signal });
    return specDifferences(object.spec, parseObject(this.name, this.#place.name, json).spec);
  }

  /** Sets every pod that has it not; one that is refused keeps no other from it, and is told at the end. */
  async #resize(
    client: KubernetesClient,
    { pods, container }: RequestReading,
    setting: RequestSetting,
    isDryRun: boolean,
    signal: AbortSignal
  ): Promise<TargetDifference[]> {
    const differences: TargetDifference[] = [];
    let refusal: HeadroomError | undefined;
    for (const pod of pods) {
      const before = podContainer(pod, container.name);
      if (before === undefined || isSameSetting(settingOf(before.resources?.requests), setting)) {
        continue;
      }
      try {
        differences.push(...(await this.#resizeOne(client, pod, before.name, setting, isDryRun, signal)));
      } catch (error) {
        signal.throwIfAborted();
        // A pod that went meanwhile needs nothing.
        if (!(error instanceof HeadroomError)) {
          throw error;
        }
        refusal ??= error.code === 'TARGET_GONE' ? undefined : error;
      }
    }
    if (refusal !== undefined) {
      throw refusal;
    }
    return differences;
  }

  async #resizeOne(
    client: KubernetesClient,
    pod: Pod,
    containerName: string,
    setting: RequestSetting,
    isDryRun: boolean,
    signal: AbortSignal
  ): Promise<TargetDifference[]> {
    const { name } = pod.metadata;
    const index = pod.spec.containers.findIndex((each) => each.name === containerName);
    const { json } = await client.patch({
      target: this.name,
      path: `/api/v1/namespaces/${this.#place.namespace}/pods/${encodeURIComponent(name)}/resize`,
      type: 'json',
      body: containerOperations(`/spec/containers/${String(index)}`, pod.spec.containers[index]!, setting),
      isDryRun,
      signal,
    });
    const after = parseAnswer(this.name, podSchema, json);
    const requests = settingOf(podContainer(after, containerName)?.resources?.requests);
    if (!isSameSetting(requests, setting)) {
      const reason = `${name} answers as if it were changed, but does not request what was asked for`;
      throw new HeadroomError('TARGET_FAILED', { target: this.name, reason });
    }
    return specDifferences(pod.spec, after.spec).map((each) => ({ ...each, path: `${name}: ${each.path}` }));
  }
}
