import * as ort from 'onnxruntime-node';
import { adamW } from './adamW.ts';
import { decayMask } from './decayMask.ts';
import { encodeModel } from './encodeModel.ts';
import { flatParameters } from './flatParameters.ts';
import { gradients } from './gradients.ts';
import { Graph, sizeOf, type Tensor } from './graph.ts';
import { concat, reshape } from './operators/shapes.ts';
import { DEFAULT_OPTIMIZER, type OptimizerOptions } from './optimizerOptions.ts';
import { sessionOptions } from './sessionOptions.ts';

/** All that a resumed training needs, as flat vectors over the parameters in the graph's order. */
export interface TrainingState {
  readonly step: number;
  readonly values: Float32Array;
  readonly moments: Float32Array;
  readonly squares: Float32Array;
  readonly average: Float32Array;
}

export type Feeds = Readonly<Record<string, Float32Array | BigInt64Array>>;

/**
 * Forward, backward, clipping and AdamW as one plain ONNX graph, run by ONNX Runtime on one thread.
 *
 * The parameters are one flat vector. Same state and feeds, same bits. Source: Loshchilov and Hutter (2019).
 */
export class TrainingSession {
  readonly #session: ort.InferenceSession;
  readonly #forward: ort.InferenceSession;
  readonly #graph: Graph;
  readonly #options: OptimizerOptions;
  #step = 0;
  #now: Buffers;
  #next: Buffers;
  #average: Float32Array;

  private constructor(
    session: ort.InferenceSession,
    forward: ort.InferenceSession,
    graph: Graph,
    initial: Float32Array,
    options: OptimizerOptions
  ) {
    this.#session = session;
    this.#forward = forward;
    this.#graph = graph;
    this.#options = options;
    this.#now = {
      values: initial,
      moments: new Float32Array(initial.length),
      squares: new Float32Array(initial.length),
    };
    this.#next = {
      values: new Float32Array(initial.length),
      moments: new Float32Array(initial.length),
      squares: new Float32Array(initial.length),
    };
    this.#average = initial.slice();
  }

  /**
   * `build` makes the scalar loss; every shape is static. It is called twice: for training, and without what only
   * training does (dropout) for `evaluate`.
   */
  static async create(
    build: (graph: Graph, isTraining: boolean) => Tensor,
    optimizer: Partial<OptimizerOptions> = {}
  ): Promise<TrainingSession> {
    const graph = new Graph();
    const options = { ...DEFAULT_OPTIMIZER, ...optimizer };
    const loss = build(graph, true);
    const shapes = [...graph.parameters.values()].map(({ tensor }) => tensor);
    const size = shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const initial = new Float32Array(size);
    let offset = 0;
    for (const { name, shape } of shapes) {
      initial.set(graph.parameters.get(name)!.values, offset);
      offset += sizeOf(shape);
    }
    const flat = flatParameters(graph, size);
    const parts = gradients(graph, loss, shapes);
    const flatGradient = concat(
      graph,
      parts.map((part, i) => reshape(graph, part, [sizeOf(shapes[i]!.shape)])),
      0
    );
    const outputs = adamW(graph, flat, flatGradient, decayMask(shapes, options, size), options);
    const session = await ort.InferenceSession.create(
      encodeModel(graph, { outputs: { loss, ...outputs } }),
      sessionOptions()
    );
    const plain = new Graph();
    const plainLoss = build(plain, false);
    flatParameters(plain, size);
    const forward = await ort.InferenceSession.create(
      encodeModel(plain, { outputs: { loss: plainLoss } }),
      sessionOptions()
    );
    return new TrainingSession(session, forward, graph, initial, options);
  }

  get stepCount(): number {
    return this.#step;
  }

  async step(feeds: Feeds, learningRate: number): Promise<{ loss: number; gradientNorm: number }> {
    this.#step++;
    const { beta1, beta2 } = this.#options;
    const now = this.#now;
    const next = this.#next;
    const scalar = (value: number): ort.Tensor => new ort.Tensor('float32', [value], []);
    const vector = (values: Float32Array): ort.Tensor => new ort.Tensor('float32', values, [values.length]);
    const result = await this.#session.run(
      {
        ...this.#tensors(feeds, this.#session.inputNames),
        values: vector(now.values),
        moments: vector(now.moments),
        squares: vector(now.squares),
        rate: scalar(learningRate),
        correction1: scalar(1 / (1 - beta1 ** this.#step)),
        correction2: scalar(1 / (1 - beta2 ** this.#step)),
      },
      {
        loss: null,
        norm: null,
        nextValues: vector(next.values),
        nextMoments: vector(next.moments),
        nextSquares: vector(next.squares),
      }
    );
    this.#now = next;
    this.#next = now;
    if (this.#step % this.#options.averageEvery === 0) {
      this.#updateAverage();
    }
    return { loss: scalarOf(result['loss']), gradientNorm: scalarOf(result['norm']) };
  }

  /** The loss without an update, of the averaged parameters unless `isAveraged` is false. */
  async evaluate(feeds: Feeds, isAveraged = true): Promise<number> {
    const values = isAveraged ? this.#average : this.#now.values;
    const result = await this.#forward.run({
      ...this.#tensors(feeds, this.#forward.inputNames),
      values: new ort.Tensor('float32', values, [values.length]),
    });
    return scalarOf(result['loss']);
  }

  /** The averaged parameters by name, copied. */
  averaged(): Map<string, Float32Array> {
    return this.named(this.#average);
  }

  /** The averaged parameters as one vector, copied. */
  flatAverage(): Float32Array {
    return this.#average.slice();
  }

  parameters(): Map<string, Float32Array> {
    return this.named(this.#now.values);
  }

  state(): TrainingState {
    const { values, moments, squares } = this.#now;
    return {
      step: this.#step,
      values: values.slice(),
      moments: moments.slice(),
      squares: squares.slice(),
      average: this.#average.slice(),
    };
  }

  load(state: TrainingState): void {
    if (state.values.length !== this.#now.values.length) {
      throw new Error('a training state of another network');
    }
    this.#step = state.step;
    this.#now = { values: state.values.slice(), moments: state.moments.slice(), squares: state.squares.slice() };
    this.#average = state.average.slice();
  }

  /** Starts from these parameters, the moments at zero. */
  loadParameters(parameters: ReadonlyMap<string, Float32Array>): void {
    let offset = 0;
    for (const [name, { values }] of this.#graph.parameters) {
      const given = parameters.get(name);
      if (given?.length !== values.length) {
        throw new Error(`the parameter ${name} is missing or of another shape`);
      }
      this.#now.values.set(given, offset);
      offset += values.length;
    }
    this.#average = this.#now.values.slice();
  }

  /** The parts of a flat vector by the name of their parameter, copied. */
  named(flat: Float32Array): Map<string, Float32Array> {
    let offset = 0;
    return new Map(
      [...this.#graph.parameters].map(([name, { values }]) => [name, flat.slice(offset, (offset += values.length))])
    );
  }

  #updateAverage(): void {
    const { averageKept, averageEvery } = this.#options;
    const updates = this.#step / averageEvery;
    const kept = Math.min(averageKept, updates / (updates + 10));
    const { values } = this.#now;
    for (let i = 0; i < values.length; i++) {
      this.#average[i]! += (1 - kept) * (values[i]! - this.#average[i]!);
    }
  }

  #tensors(feeds: Feeds, wanted: readonly string[]): Record<string, ort.Tensor> {
    return Object.fromEntries(
      Object.entries(feeds)
        .filter(([name]) => wanted.includes(name))
        .map(([name, values]) => {
          const { shape } = this.#graph.inputs.get(name)!;
          return [
            name,
            values instanceof BigInt64Array
              ? new ort.Tensor('int64', values, shape)
              : new ort.Tensor('float32', values, shape),
          ];
        })
    );
  }
}

interface Buffers {
  readonly values: Float32Array;
  readonly moments: Float32Array;
  readonly squares: Float32Array;
}

function scalarOf(tensor: ort.Tensor | undefined): number {
  return Number((tensor?.data as Float32Array)[0]);
}
