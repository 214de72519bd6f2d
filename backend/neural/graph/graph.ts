/** Sizes of a tensor's dimensions; -1 stands for one that is known only when a published graph runs. */
export type Shape = readonly number[];
export type Attribute = number | string | readonly number[];

/** A value of a graph: float32 unless `type` says otherwise. */
export interface Tensor {
  readonly name: string;
  readonly shape: Shape;
  readonly type: 'float32' | 'int64';
}

/** From the gradient of an operator's first output to those of its inputs; `undefined` where an input has none. */
export type Gradient = (gradient: Tensor) => ReadonlyArray<Tensor | undefined>;

export interface GraphNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Fills a new parameter, row-major. */
export type Initializer = (values: Float32Array, shape: Shape) => void;

export interface Operation {
  readonly operator: string;
  readonly inputs: readonly Tensor[];
  readonly shape: Shape;
  readonly gradient?: Gradient;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly type?: 'float32' | 'int64';
  readonly domain?: string;
  /** Outputs after the first, by shape. */
  readonly further?: readonly Shape[];
}

interface Recorded {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly gradient: Gradient | undefined;
}

export type ConstantValues = Float32Array | BigInt64Array;

/** A graph of ONNX operators under construction; operators are functions over it, in `operators/`. */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly inputs = new Map<string, Tensor>();
  readonly parameters = new Map<string, { readonly tensor: Tensor; readonly values: Float32Array }>();
  readonly constants = new Map<string, { readonly tensor: Tensor; readonly values: ConstantValues }>();
  readonly tape: Recorded[] = [];
  readonly #shared = new Map<string, Tensor>();
  #count = 0;

  input(name: string, shape: Shape, type: Tensor['type'] = 'float32'): Tensor {
    const tensor = { name, shape, type };
    this.inputs.set(name, tensor);
    return tensor;
  }

  /** A trainable tensor; the same name twice is an error. */
  parameter(name: string, shape: Shape, initialize: Initializer): Tensor {
    if (this.parameters.has(name)) {
      throw new Error(`two parameters are named ${name}`);
    }
    const values = new Float32Array(sizeOf(shape));
    initialize(values, shape);
    const tensor: Tensor = { name, shape, type: 'float32' };
    this.parameters.set(name, { tensor, values });
    return tensor;
  }

  constant(values: ArrayLike<number>, shape: Shape = []): Tensor {
    return this.#constant(Float32Array.from(values), shape, 'float32');
  }

  integers(values: readonly number[]): Tensor {
    return this.#constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');
  }

  /** Appends an operator and returns its outputs. */
  applyAll(operation: Operation): readonly [Tensor, ...Tensor[]] {
    const { operator, inputs, attributes = {}, domain = '', type = 'float32', further = [] } = operation;
    const outputs = [operation.shape, ...further].map((shape) => ({ name: `t${String(this.#count++)}`, shape, type }));
    this.nodes.push({
      operator,
      domain,
      inputs: inputs.map(({ name }) => name),
      outputs: outputs.map(({ name }) => name),
      attributes,
    });
    const first = outputs[0]!;
    this.tape.push({ inputs, output: first, gradient: operation.gradient });
    return [first, ...outputs.slice(1)];
  }

  apply(operation: Operation): Tensor {
    return this.applyAll(operation)[0];
  }

  #constant(values: ConstantValues, shape: Shape, type: Tensor['type']): Tensor {
    const key = values.length <= 64 ? `${type}/${shape.join('x')}/${values.join(',')}` : undefined;
    const shared = key === undefined ? undefined : this.#shared.get(key);
    if (shared !== undefined) {
      return shared;
    }
    const tensor = { name: `c${String(this.#count++)}`, shape, type };
    this.constants.set(tensor.name, { tensor, values });
    if (key !== undefined) {
      this.#shared.set(key, tensor);
    }
    return tensor;
  }
}

/** Elements of a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, each) => size * each, 1);
}
