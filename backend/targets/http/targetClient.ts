import { setTimeout as sleepMs } from 'node:timers/promises';
import { Agent, fetch, type Response } from 'undici';
import { isMetadataAddress } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import {
  describeFailure,
  parseRetryAfter,
  readText,
  retryDelay,
  TimeoutReached,
  withTimeout,
} from '../../network/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import type { TargetDeps } from '../targetDeps.ts';
import { classifyStatus, type Failure } from './classifyStatus.ts';
import { guardedLookup, MetadataAddress } from './guardedLookup.ts';

const TRIES = 3;
/** More than a server asks for by Retry-After is for the next turn, not for this change. */
const LONGEST_WAIT_SECONDS = 15;
export const ANSWER_LIMIT_BYTES = 64 * 1024;

export interface TargetRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Made anew for each try: a signature bears the time of its own. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the answer is read as JSON, or only its status counts. */
  readonly readsAnswer: boolean;
  /** Of an answer that says no: whether a higher fence is why. */
  readonly isFenced?: (json: unknown) => boolean;
}

type Outcome = { readonly kind: 'answer'; readonly json: unknown } | ({ readonly kind: 'failure' } & Failure);

/**
 * Asks one target over HTTP: timed, tried again where that may help, bounded, never redirected, every failure coded and
 * free of what was sent and answered. An aborted request rejects with its signal's reason.
 */
export class TargetClient {
  readonly #target: string;
  readonly #deps: TargetDeps;
  readonly #timeoutSeconds: number;
  readonly #agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { lookup: guardedLookup() } });

  constructor(target: string, timeoutSeconds: number, deps: TargetDeps) {
    this.#target = target;
    this.#timeoutSeconds = timeoutSeconds;
    this.#deps = deps;
  }

  /** The parsed answer, or `undefined` where it is not read. */
  async send(request: TargetRequest, signal: AbortSignal): Promise<unknown> {
    let doubt: HeadroomError | undefined;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#tryOnce(request, signal);
      if (outcome.kind === 'answer') {
        return outcome.json;
      }
      const { error, isTransient, isAmbiguous, retryAfterSeconds = 0 } = outcome;
      if (!isTransient || attempt + 1 >= TRIES || retryAfterSeconds > LONGEST_WAIT_SECONDS) {
        throw isAmbiguous || doubt === undefined ? error : this.#doubtful(doubt, error);
      }
      // A read changes nothing, so nothing of it is in doubt.
      doubt = isAmbiguous && request.method !== 'GET' ? error : doubt;
      await this.#sleep(retryDelay(attempt, this.#deps.random, retryAfterSeconds), signal);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #tryOnce(request: TargetRequest, signal: AbortSignal): Promise<Outcome> {
    // An address that is no name is not looked up.
    if (isMetadataAddress(request.url.hostname)) {
      return this.#metadataFailure();
    }
    const headers = request.headers();
    try {
      return await withTimeout(this.#timeoutSeconds, signal, async (cut) => {
        const response = await fetch(request.url, {
          method: request.method,
          headers: { accept: 'application/json', 'user-agent': 'headroom', ...headers },
          body: request.body ?? null,
          dispatcher: this.#agent,
          signal: cut,
          redirect: 'manual',
        });
        return await this.#judge(response, request);
      });
    } catch (error) {
      signal.throwIfAborted();
      return this.#connectionFailure(error);
    }
  }

  async #judge(response: Response, request: TargetRequest): Promise<Outcome> {
    const readsAnswer = response.ok ? request.readsAnswer : request.isFenced !== undefined && response.status < 500;
    const text = readsAnswer
      ? await readText(response.body as AsyncIterable<Uint8Array> | null, ANSWER_LIMIT_BYTES)
      : await response.body?.cancel().then(() => '');
    const json = parseJson(text ?? '');
    if (response.ok) {
      return !request.readsAnswer || json !== undefined
        ? { kind: 'answer', json }
        : this.#notUnderstood(text === undefined ? 'its answer is too long' : 'its answer is not JSON');
    }
    const location = response.headers.get('location');
    const redirect = location === null ? undefined : URL.parse(location, request.url.href)?.origin;
    const failure = classifyStatus({
      target: this.#target,
      status: response.status,
      ...(redirect !== undefined && { redirect }),
      ...(request.isFenced !== undefined && { isFenced: request.isFenced(json) }),
    });
    const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'), this.#deps.nowSeconds());
    return { kind: 'failure', ...failure, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }

  #notUnderstood(reason: string): Outcome {
    const error = new HeadroomError('TARGET_FAILED', { target: this.#target, reason });
    return { kind: 'failure', error, isTransient: false, isAmbiguous: true };
  }

  #connectionFailure(error: unknown): Outcome {
    const target = this.#target;
    if (error instanceof TimeoutReached) {
      const timeout = formatDuration(this.#timeoutSeconds);
      const coded = new HeadroomError('TARGET_TIMEOUT', { target, timeout });
      return { kind: 'failure', error: coded, isTransient: true, isAmbiguous: true };
    }
    if (error instanceof Error && error.cause instanceof MetadataAddress) {
      return this.#metadataFailure();
    }
    const coded = new HeadroomError('TARGET_UNREACHABLE', { target, reason: describeFailure(error) });
    return { kind: 'failure', error: coded, isTransient: true, isAmbiguous: true };
  }

  #metadataFailure(): Outcome {
    const problem = "its address is link-local or that of a cloud's metadata";
    const error = new HeadroomError('TARGET_SETTINGS_INVALID', { target: this.#target, problem });
    return { kind: 'failure', error, isTransient: false, isAmbiguous: false };
  }

  #doubtful(first: HeadroomError, last: HeadroomError): HeadroomError {
    const reason = `it may have done what it was asked for (${first.code}), and then said no (${last.code})`;
    return new HeadroomError('TARGET_FAILED', { target: this.#target, reason });
  }

  async #sleep(seconds: number, signal: AbortSignal): Promise<void> {
    if (this.#deps.sleep !== undefined) {
      await this.#deps.sleep(seconds, signal);
      return;
    }
    await sleepMs(seconds * 1000, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
