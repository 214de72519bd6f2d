import type { TargetEntry } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetPreview, TargetState } from '../../scaling/index.ts';
import { admitChange } from '../held/admitChange.ts';
import { settingDifferences } from '../held/settingDifferences.ts';
import { TargetClient } from '../http/targetClient.ts';
import { readSecret } from '../readSecret.ts';
import type { TargetDeps } from '../targetDeps.ts';
import type { TargetPlace } from '../targetPlace.ts';
import { nomadMeta, nomadState, type NomadState } from './nomadState.ts';

type NomadEntry = Extract<TargetEntry, { kind: 'nomad' }>;

const TIMEOUT_SECONDS = 10;

/** The count of a task group that no scaling policy acts on; what is held stands in the meta of its scaling events. */
export class NomadTarget implements ScaleTarget {
  readonly kind = 'nomad';
  readonly name: string;
  readonly ability = { reads: true, tunesUtilization: false, isExperimental: true };
  readonly #place: TargetPlace<NomadEntry>;
  readonly #deps: TargetDeps;
  readonly #client: TargetClient;

  constructor(place: TargetPlace<NomadEntry>, deps: TargetDeps, timeoutSeconds = TIMEOUT_SECONDS) {
    this.name = `nomad ${place.entry.job}/${place.entry.group}`;
    this.#place = place;
    this.#deps = deps;
    this.#client = new TargetClient(this.name, timeoutSeconds, deps);
  }

  async read(signal: AbortSignal): Promise<TargetState> {
    return (await this.#read(signal)).state;
  }

  async preview(change: TargetChange, signal: AbortSignal): Promise<TargetPreview> {
    const { state, isScaledByPolicy } = await this.#read(signal);
    const admitted = this.#admit(state, isScaledByPolicy, change);
    return {
      differences:
        admitted.kind === 'done' ? [] : settingDifferences({ floor: 'Count' }, state.setting, admitted.setting),
      dryRun: { kind: 'unsupported', message: 'Nomad has no dry run of scaling' },
      warnings: ['nothing gives the count back when Headroom is gone: Nomad has no such timer'],
    };
  }

  async apply(change: TargetChange, signal: AbortSignal): Promise<void> {
    const { state, isScaledByPolicy } = await this.#read(signal);
    const admitted = this.#admit(state, isScaledByPolicy, change);
    if (admitted.kind === 'done') {
      return;
    }
    const body = JSON.stringify({
      Count: admitted.setting.floor,
      Target: { Group: this.#place.entry.group },
      Message: change.reason,
      Meta: nomadMeta(change, admitted.setting, admitted.original),
      JobModifyIndex: Number(state.version),
    });
    try {
      const headers = () => ({ 'content-type': 'application/json', ...this.#headers() });
      await this.#client.send({ method: 'POST', url: this.#url('/scale'), headers, body, readsAnswer: false }, signal);
    } catch (error) {
      throw (await this.#isOvertaken(error, state, signal))
        ? new HeadroomError('TARGET_CONFLICT', { target: this.name, reason: 'the job was changed' })
        : error;
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #admit(state: TargetState, isScaledByPolicy: boolean, change: TargetChange) {
    if (isScaledByPolicy && change.set !== 'original') {
      throw new HeadroomError('TARGET_OWNED', { target: this.name, owner: "the job's scaling policy" });
    }
    return admitChange(this, state, change);
  }

  /** Nomad says 400 to a change on another version as to any other that is not valid. */
  async #isOvertaken(error: unknown, { version }: TargetState, signal: AbortSignal): Promise<boolean> {
    if (!(error instanceof HeadroomError) || error.code !== 'TARGET_REFUSED') {
      return false;
    }
    return (await this.read(signal)).version !== version;
  }

  async #read(signal: AbortSignal): Promise<NomadState> {
    signal.throwIfAborted();
    const ask = (path: string) =>
      this.#client.send(
        { method: 'GET', url: this.#url(path), headers: () => this.#headers(), readsAnswer: true },
        signal
      );
    const [scale, job] = [await ask('/scale'), await ask('')];
    return nomadState(this.name, this.#place.entry.group, { scale, job }, this.#place.max);
  }

  #url(path: string): URL {
    const { job, address, namespace } = this.#place.entry;
    const { NOMAD_ADDR: ownAddress, NOMAD_NAMESPACE: ownNamespace } = this.#deps.env;
    const base = URL.parse(address ?? ownAddress ?? 'http://127.0.0.1:4646');
    if (base === null || !/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') {
      const problem = 'its address is no http or https URL, or holds credentials';
      throw new HeadroomError('TARGET_SETTINGS_INVALID', { target: this.name, problem });
    }
    const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/v1/job/${encodeURIComponent(job)}${path}`);
    url.searchParams.set('namespace', namespace ?? ownNamespace ?? 'default');
    return url;
  }

  /** NOMAD_TOKEN goes to NOMAD_ADDR only: another address names its own. */
  #headers(): Record<string, string> {
    const { address, tokenEnv } = this.#place.entry;
    const isTokenOfOwnAddress = address === undefined && (this.#deps.env['NOMAD_TOKEN'] ?? '') !== '';
    const variable = tokenEnv ?? (isTokenOfOwnAddress ? 'NOMAD_TOKEN' : undefined);
    return variable === undefined ? {} : { 'x-nomad-token': readSecret(this.name, variable, this.#deps.env) };
  }
}
