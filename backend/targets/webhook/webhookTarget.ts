import type { TargetEntry } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetPreview, TargetState } from '../../scaling/index.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import { admitChange, type Admitted } from '../held/admitChange.ts';
import { settingDifferences } from '../held/settingDifferences.ts';
import { TargetClient, type TargetRequest } from '../http/targetClient.ts';
import { readSecret } from '../readSecret.ts';
import type { TargetDeps } from '../targetDeps.ts';
import type { TargetPlace } from '../targetPlace.ts';
import { askedState, type Asked } from './askedState.ts';
import { signature } from './signature.ts';
import { webhookState } from './webhookState.ts';

type WebhookEntry = Extract<TargetEntry, { kind: 'webhook' }>;

const DEFAULT_TIMEOUT_SECONDS = 10;
const PATHS = { floor: 'floor', utilization: 'utilization' };
const IN_DOUBT: ReadonlySet<string> = new Set(['TARGET_UNREACHABLE', 'TARGET_TIMEOUT', 'TARGET_FAILED']);

/**
 * Whatever takes a signed POST. Where its entry names `read`, the receiver keeps what Headroom holds and tells it back;
 * otherwise what this process asked of it last is all that is known, and the owner's floor is `scaling.min`.
 */
export class WebhookTarget implements ScaleTarget {
  readonly kind = 'webhook';
  readonly name: string;
  readonly ability;
  readonly #place: TargetPlace<WebhookEntry>;
  readonly #deps: TargetDeps;
  readonly #client: TargetClient;
  #asked: Asked | undefined;

  constructor(place: TargetPlace<WebhookEntry>, deps: TargetDeps) {
    const { read, timeout, url } = place.entry;
    // Path and query of a webhook may be its secret.
    this.name = `webhook ${place.workload} at ${new URL(url).origin}`;
    this.ability = { reads: read !== undefined, tunesUtilization: read !== undefined, isExperimental: false };
    this.#place = place;
    this.#deps = deps;
    const timeoutSeconds = (timeout && parseDurationSeconds(timeout)) || DEFAULT_TIMEOUT_SECONDS;
    this.#client = new TargetClient(this.name, timeoutSeconds, deps);
  }

  async read(signal: AbortSignal): Promise<TargetState> {
    signal.throwIfAborted();
    const { read } = this.#place.entry;
    if (read === undefined) {
      return askedState(this.#place, this.#asked);
    }
    const request: TargetRequest = {
      method: 'GET',
      url: new URL(read.url),
      headers: () => this.#headers(''),
      readsAnswer: true,
    };
    return webhookState(this.name, await this.#client.send(request, signal), this.#place.max);
  }

  async preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview> {
    const state = await this.read(signal);
    const admitted = this.#admit(state, change);
    const differences = admitted.kind === 'done' ? [] : settingDifferences(PATHS, state.setting, admitted.setting);
    return { differences, dryRun: await this.#dryRun(state, change, admitted, signal), warnings: this.#warnings() };
  }

  async apply(change: TargetChange, signal: AbortSignal): Promise<void> {
    const state = await this.read(signal);
    const admitted = this.#admit(state, change);
    if (admitted.kind === 'done') {
      return;
    }
    try {
      await this.#post(new URL(this.#place.entry.url), change.action, this.#body(state, change, admitted), signal);
      this.#asked = { change, setting: admitted.setting, isInDoubt: false };
    } catch (error) {
      if (!(error instanceof HeadroomError) || IN_DOUBT.has(error.code)) {
        this.#asked = { change, setting: admitted.setting, isInDoubt: true };
      }
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** What cannot be asked what it holds is always told to give back: an earlier process may have left something. */
  #admit(state: TargetState, change: TargetChange): Admitted {
    const admitted = admitChange(this, state, change);
    const isUnknown = !this.ability.reads && admitted.kind === 'done' && state.mark?.action !== change.action;
    return isUnknown && this.#asked?.change.action !== change.action
      ? { kind: 'give back', setting: state.original, original: state.original }
      : admitted;
  }

  async #dryRun(
    state: TargetState,
    change: TargetChange,
    admitted: Admitted,
    signal: AbortSignal
  ): Promise<TargetPreview['dryRun']> {
    if (this.#place.entry.dryRun !== true) {
      return { kind: 'unsupported', message: 'its entry does not say dryRun: true, so it is not asked' };
    }
    if (admitted.kind === 'done') {
      return { kind: 'accepted', message: 'there is nothing to do' };
    }
    const url = new URL(this.#place.entry.url);
    url.searchParams.set('dryRun', 'true');
    // Another key than the action's: a receiver that keeps keys must not take the change itself for a retry.
    await this.#post(url, `${change.action}.dry-run`, this.#body(state, change, admitted), signal);
    return { kind: 'accepted', message: 'the receiver accepts it' };
  }

  async #post(url: URL, key: string, body: string, signal: AbortSignal): Promise<void> {
    const headers = () => ({ 'content-type': 'application/json', 'idempotency-key': key, ...this.#headers(body) });
    await this.#client.send({ method: 'POST', url, headers, body, readsAnswer: false, isFenced }, signal);
  }

  #body(state: TargetState, change: TargetChange, admitted: Exclude<Admitted, { kind: 'done' }>): string {
    const { action, fence, holdUntilSeconds, reason } = change;
    return JSON.stringify({
      action,
      fence,
      workload: this.#place.workload,
      restore: admitted.kind === 'give back',
      ...admitted.setting,
      original: admitted.original,
      holdUntil: new Date(holdUntilSeconds * 1000).toISOString(),
      reason,
      current: state.setting,
      at: new Date(this.#deps.nowSeconds() * 1000).toISOString(),
      ...(state.version !== undefined && { expectedVersion: state.version }),
    });
  }

  #headers(body: string): Record<string, string> {
    const { headers, secretEnv, tokenEnv } = this.#place.entry;
    const timestamp = Math.floor(this.#deps.nowSeconds());
    const secret = secretEnv && readSecret(this.name, secretEnv, this.#deps.env);
    const token = tokenEnv && readSecret(this.name, tokenEnv, this.#deps.env);
    return {
      ...headers,
      'headroom-timestamp': String(timestamp),
      ...(secret && { 'headroom-signature': signature(secret, timestamp, body) }),
      ...(token && { authorization: `Bearer ${token}` }),
    };
  }

  #warnings(): string[] {
    const { read, secretEnv } = this.#place.entry;
    return [
      ...(read === undefined ? ['it cannot be asked what it is set to, so the change cannot be verified'] : []),
      ...(secretEnv === undefined ? ['requests are not signed: the receiver cannot know who sends them'] : []),
    ];
  }
}

function isFenced(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'code' in json && json.code === 'fenced';
}
