import { createHash } from 'node:crypto';
import {
  AutoScalingClient,
  BatchDeleteScheduledActionCommand,
  BatchPutScheduledUpdateGroupActionCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScheduledActionsCommand,
  UpdateAutoScalingGroupCommand,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import type { TargetEntry } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { withTimeout } from '../../network/index.ts';
import type { ScaleTarget, TargetChange, TargetPreview, TargetState } from '../../scaling/index.ts';
import { admitChange } from '../held/admitChange.ts';
import type { Held } from '../held/held.ts';
import { heldState } from '../held/heldState.ts';
import { settingDifferences } from '../held/settingDifferences.ts';
import type { TargetDeps } from '../targetDeps.ts';
import type { TargetPlace } from '../targetPlace.ts';
import { formatActionName, NAME_LIMIT, parseActionName, type NamedAction } from './actionName.ts';
import { autoScalingAbility, autoScalingName } from './autoScalingIdentity.ts';
import { awsError } from './awsError.ts';

type AwsEntry = Extract<TargetEntry, { kind: 'aws-asg' }>;

const TIMEOUT_SECONDS = 15;
/** AWS refuses what is to start in the past; clocks differ by some seconds, and its own scheduler by up to a minute. */
const AHEAD_SECONDS = 60;
const PAGES = 10;

interface Group {
  readonly min: number;
  readonly max: number;
  readonly replicas: number;
  /** Ours, the one in force first. */
  readonly ours: ReadonlyArray<NamedAction & { readonly name: string }>;
  /** Epoch seconds at which anything is scheduled: AWS takes one action at a time. */
  readonly taken: ReadonlySet<number>;
}

/**
 * The least size of an EC2 Auto Scaling group, by two scheduled actions: one that raises it, and one that gives it back at
 * the end of the hold, by AWS itself, whether Headroom lives or not.
 */
export class AutoScalingTarget implements ScaleTarget {
  readonly kind = 'aws-asg';
  readonly name: string;
  readonly ability = autoScalingAbility;
  readonly #place: TargetPlace<AwsEntry>;
  readonly #deps: TargetDeps;
  readonly #timeoutSeconds: number;
  readonly #client: AutoScalingClient;

  constructor(place: TargetPlace<AwsEntry>, deps: TargetDeps, timeoutSeconds = TIMEOUT_SECONDS) {
    this.name = autoScalingName(place.entry);
    this.#place = place;
    this.#deps = deps;
    this.#timeoutSeconds = timeoutSeconds;
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = deps.env;
    const endpoint = deps.env['AWS_ENDPOINT_URL_AUTO_SCALING'] ?? deps.env['AWS_ENDPOINT_URL'];
    this.#client = new AutoScalingClient({
      region: place.entry.region,
      // A change that failed is read before it is made again, so the client does not repeat it by itself.
      maxAttempts: 1,
      ...(endpoint ? { endpoint } : {}),
      ...(id && secret
        ? { credentials: { accessKeyId: id, secretAccessKey: secret, ...(session && { sessionToken: session }) } }
        : {}),
    });
  }

  async read(signal: AbortSignal): Promise<TargetState> {
    return this.#state(await this.#group(signal));
  }

  async preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview> {
    const state = await this.read(signal);
    const admitted = admitChange(this, state, change);
    return {
      differences:
        admitted.kind === 'done' ? [] : settingDifferences({ floor: 'MinSize' }, state.setting, admitted.setting),
      dryRun: { kind: 'unsupported', message: 'EC2 Auto Scaling has no dry run' },
      warnings: [`AWS raises the least size about ${AHEAD_SECONDS} s after it is asked to`],
    };
  }

  async apply(change: TargetChange, signal: AbortSignal): Promise<void> {
    const group = await this.#group(signal);
    const admitted = admitChange(this, this.#state(group), change);
    const names = group.ours.map(({ name }) => name);
    if (admitted.kind === 'done') {
      await this.#forget(
        group.ours.filter(({ held }) => held.action !== change.action).map(({ name }) => name),
        signal
      );
      return;
    }
    if (admitted.kind === 'give back') {
      await this.#giveBack(group, admitted.setting.floor, signal);
      return;
    }
    const { action, fence, holdUntilSeconds } = change;
    const { setting, original } = admitted;
    await this.#schedule({ action, fence, setting, original, holdUntilSeconds }, group.taken, signal);
    await this.#forget(names, signal);
  }

  close(): Promise<void> {
    this.#client.destroy();
    return Promise.resolve();
  }

  async #schedule(held: Held, taken: ReadonlySet<number>, signal: AbortSignal): Promise<void> {
    const start = freeSecond(Math.ceil(this.#deps.nowSeconds()) + AHEAD_SECONDS, taken);
    const end = freeSecond(Math.max(Math.ceil(held.holdUntilSeconds), start + AHEAD_SECONDS), taken);
    const actions = [
      { kind: 'hold', at: start, floor: held.setting.floor },
      { kind: 'back', at: end, floor: held.original.floor },
    ] as const;
    const scheduled = actions.map(({ kind, at, floor }) => ({
      ScheduledActionName: formatActionName({ kind, held }),
      StartTime: new Date(at * 1000),
      MinSize: floor,
    }));
    const names = scheduled.map(({ ScheduledActionName: name }) => name);
    if (names.some((name) => name.length > NAME_LIMIT)) {
      throw new HeadroomError('TARGET_REFUSED', {
        target: this.name,
        reason: "the action's id is too long for a name",
      });
    }
    const { FailedScheduledUpdateGroupActions: failed = [] } = await this.#ask(signal, (abortSignal) =>
      this.#client.send(
        new BatchPutScheduledUpdateGroupActionCommand({
          AutoScalingGroupName: this.#place.entry.group,
          ScheduledUpdateGroupActions: scheduled,
        }),
        { abortSignal }
      )
    );
    if (failed.length > 0) {
      const failedNames = failed.map(({ ScheduledActionName: name }) => name);
      await this.#forget(
        names.filter((name) => !failedNames.includes(name)),
        signal
      );
      throw new HeadroomError('TARGET_REFUSED', {
        target: this.name,
        reason: 'AWS does not take the scheduled action',
      });
    }
  }

  /** What would raise goes first and what bears the mark last, so that a process that dies in between goes on here. */
  async #giveBack({ ours, min }: Group, floor: number, signal: AbortSignal): Promise<void> {
    const namesOf = (kind: NamedAction['kind']) => ours.filter((each) => each.kind === kind).map(({ name }) => name);
    await this.#forget(namesOf('hold'), signal);
    if (min !== floor) {
      await this.#ask(signal, (abortSignal) =>
        this.#client.send(
          new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: this.#place.entry.group, MinSize: floor }),
          { abortSignal }
        )
      );
    }
    await this.#forget(namesOf('back'), signal);
  }

  async #forget(names: readonly string[], signal: AbortSignal): Promise<void> {
    if (names.length === 0) {
      return;
    }
    await this.#ask(signal, (abortSignal) =>
      this.#client.send(
        new BatchDeleteScheduledActionCommand({
          AutoScalingGroupName: this.#place.entry.group,
          ScheduledActionNames: [...names],
        }),
        { abortSignal }
      )
    );
  }

  #state({ min, max, replicas, ours }: Group): TargetState {
    const [last] = ours;
    const isToCome =
      last !== undefined && ours.some(({ kind, held }) => kind === 'hold' && held.action === last.held.action);
    const floor = isToCome ? last.held.setting.floor : min;
    const names = ours.map(({ name }) => name).sort();
    return heldState({ floor }, last?.held, {
      ceiling: Math.min(max, this.#place.max),
      replicas,
      isSoleOwner: false,
      version: createHash('sha256')
        .update(JSON.stringify([min, max, names]))
        .digest('hex')
        .slice(0, 16),
    });
  }

  async #group(signal: AbortSignal): Promise<Group> {
    const { group: name } = this.#place.entry;
    const { AutoScalingGroups: groups } = await this.#ask(signal, (abortSignal) =>
      this.#client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }), { abortSignal })
    );
    if (groups === undefined) {
      throw this.#notUnderstood();
    }
    const [group] = groups;
    if (group === undefined) {
      throw new HeadroomError('TARGET_GONE', { target: this.name, reason: 'AWS knows no such group there' });
    }
    const { MinSize: min, MaxSize: max, Instances: instances = [] } = group;
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
      throw this.#notUnderstood();
    }
    const actions = await this.#actions(signal);
    const ours = actions.flatMap(({ ScheduledActionName: actionName = '' }) => {
      const parsed = parseActionName(actionName);
      return parsed === undefined ? [] : [{ ...parsed, name: actionName }];
    });
    return {
      min: min!,
      max: max!,
      replicas: instances.filter(({ LifecycleState: state }) => state === 'InService').length,
      ours: ours.sort((a, b) => b.held.fence - a.held.fence || b.held.holdUntilSeconds - a.held.holdUntilSeconds),
      taken: new Set(actions.map(({ StartTime: start }) => Math.floor((start?.getTime() ?? 0) / 1000))),
    };
  }

  async #actions(signal: AbortSignal): Promise<ScheduledUpdateGroupAction[]> {
    const all: ScheduledUpdateGroupAction[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const answer = await this.#ask(signal, (abortSignal) =>
        this.#client.send(
          new DescribeScheduledActionsCommand({
            AutoScalingGroupName: this.#place.entry.group,
            ...(token !== undefined && { NextToken: token }),
          }),
          { abortSignal }
        )
      );
      all.push(...(answer.ScheduledUpdateGroupActions ?? []));
      token = answer.NextToken;
      if (token === undefined) {
        return all;
      }
    }
    throw this.#notUnderstood();
  }

  async #ask<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withTimeout(this.#timeoutSeconds, signal, work);
    } catch (error) {
      signal.throwIfAborted();
      throw awsError(this.name, error, this.#timeoutSeconds);
    }
  }

  #notUnderstood(): HeadroomError {
    return new HeadroomError('TARGET_FAILED', { target: this.name, reason: 'its answer is not that of Auto Scaling' });
  }
}

function freeSecond(from: number, taken: ReadonlySet<number>): number {
  let second = from;
  while (taken.has(second)) {
    second++;
  }
  return second;
}
