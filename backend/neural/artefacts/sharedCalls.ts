import type * as ort from 'onnxruntime-node';
import { LEVEL_COUNT, PATCH_STEPS, WindowBatch } from '../windows/index.ts';
import { windowTensors } from './windowTensors.ts';

/** Windows in one call: beyond it nothing is gained, and whoever waits waits longer. */
const MOST_TOGETHER = 16;

interface Waiting {
  readonly batch: WindowBatch;
  readonly resolve: (answer: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Calls of one network: those that are made in one turn of the event loop run together, whoever makes them.
 *
 * A window's answer is the same to the bit whatever it runs beside. The memory in which windows are put together is
 * kept for the next call.
 */
export class SharedCalls {
  readonly #session: ort.InferenceSession;
  #memory = new WindowBatch(0, 0);
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  /** The answer to each window, `[window][step][level]`, scaled as the windows are. */
  run(batch: WindowBatch): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      if (!this.#isRunning) {
        this.#isRunning = true;
        setImmediate(() => void this.#runAll());
      }
    });
  }

  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const together = this.#takeTogether();
      try {
        await this.#runTogether(together);
      } catch (error) {
        together.forEach(({ reject }) => {
          reject(error);
        });
      }
    }
    this.#isRunning = false;
  }

  /** The first that waits, and those after it that fit into one call with it. */
  #takeTogether(): readonly Waiting[] {
    const [first] = this.#waiting;
    const together: Waiting[] = [];
    let windows = 0;
    this.#waiting = this.#waiting.filter((each) => {
      const { windowCount, queryCount } = each.batch;
      const fits = each === first || (queryCount === first!.batch.queryCount && windows + windowCount <= MOST_TOGETHER);
      if (fits) {
        windows += windowCount;
        together.push(each);
      }
      return !fits;
    });
    return together;
  }

  async #runTogether(together: readonly Waiting[]): Promise<void> {
    const answer = await this.#answer(together.length === 1 ? together[0]!.batch : this.#joined(together));
    let at = 0;
    for (const { batch, resolve } of together) {
      const size = batch.windowCount * batch.queryCount * PATCH_STEPS * LEVEL_COUNT;
      resolve(answer.subarray(at, at + size));
      at += size;
    }
  }

  async #answer(batch: WindowBatch): Promise<Float32Array> {
    const { forecast } = await this.#session.run(windowTensors(batch), ['forecast']);
    return forecast!.data as Float32Array;
  }

  #joined(together: readonly Waiting[]): WindowBatch {
    const { queryCount } = together[0]!.batch;
    if (this.#memory.queryCount !== queryCount) {
      this.#memory = new WindowBatch(MOST_TOGETHER, queryCount);
    }
    let at = 0;
    for (const { batch } of together) {
      batch.copyTo(this.#memory, at);
      at += batch.windowCount;
    }
    return this.#memory.head(at);
  }
}
