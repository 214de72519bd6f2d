import { Protobuf } from './protobuf.ts';
import type { Attribute, ConstantValues, Graph, GraphNode, Tensor } from './graph.ts';

const FLOAT = 1;
const INT64 = 7;
const IR_VERSION = 8;

export interface EncodeOptions {
  /** By the name they bear in the file. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Values of the parameters, as initializers; those that are not here become inputs. */
  readonly parameters?: ReadonlyMap<string, Float32Array>;
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The graph as an ONNX model file: what its outputs need and nothing else.
 *
 * Source: onnx.proto3 of ONNX IR version 8. A dimension of -1 is written as a named one.
 */
export function encodeModel(
  graph: Graph,
  { outputs, parameters, opset = 17, metadata = {} }: EncodeOptions
): Uint8Array {
  const nodes = neededNodes(graph, Object.values(outputs));
  const used = new Set([...nodes.flatMap(({ inputs }) => inputs), ...Object.values(outputs).map(({ name }) => name)]);
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const body = new Protobuf();
  for (const node of nodes) {
    body.message(1, nodeOf(node));
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    body.message(
      1,
      nodeOf({ operator: 'Identity', domain: '', inputs: [tensor.name], outputs: [name], attributes: {} })
    );
  }
  body.text(2, 'headroom');
  for (const { tensor, values } of graph.constants.values()) {
    if (used.has(tensor.name)) {
      body.message(5, tensorOf(tensor.name, tensor.shape, values));
    }
  }
  const inputs = [...graph.inputs.values()].filter(({ name }) => used.has(name));
  for (const { tensor } of graph.parameters.values()) {
    const values = parameters?.get(tensor.name);
    if (used.has(tensor.name) && !graph.inputs.has(tensor.name) && !computed.has(tensor.name)) {
      if (values === undefined) {
        inputs.push(tensor);
      } else {
        body.message(5, tensorOf(tensor.name, tensor.shape, values));
      }
    }
  }
  for (const input of inputs) {
    body.message(11, valueOf(input));
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    body.message(12, valueOf({ ...tensor, name }));
  }
  const model = new Protobuf().integer(1, IR_VERSION).text(2, 'headroom').message(7, body);
  model.message(8, new Protobuf().text(1, '').integer(2, opset));
  if (nodes.some(({ domain }) => domain !== '')) {
    model.message(8, new Protobuf().text(1, 'com.microsoft').integer(2, 1));
  }
  for (const [key, value] of Object.entries(metadata)) {
    model.message(14, new Protobuf().text(1, key).text(2, value));
  }
  return model.bytes();
}

function neededNodes(graph: Graph, outputs: readonly Tensor[]): GraphNode[] {
  const wanted = new Set(outputs.map(({ name }) => name));
  const needed: GraphNode[] = [];
  for (const node of graph.nodes.slice().reverse()) {
    if (node.outputs.some((name) => wanted.has(name))) {
      needed.push(node);
      node.inputs.forEach((name) => wanted.add(name));
    }
  }
  return needed.reverse();
}

function nodeOf({ operator, domain, inputs, outputs, attributes }: GraphNode): Protobuf {
  const node = new Protobuf();
  inputs.forEach((name) => node.text(1, name));
  outputs.forEach((name) => node.text(2, name));
  node.text(4, operator);
  for (const [name, value] of Object.entries(attributes)) {
    node.message(5, attributeOf(name, value));
  }
  return domain === '' ? node : node.text(7, domain);
}

function attributeOf(name: string, value: Attribute): Protobuf {
  const attribute = new Protobuf().text(1, name);
  if (typeof value === 'string') {
    return attribute.text(4, value).integer(20, 3);
  }
  if (typeof value === 'number') {
    return attribute.integer(3, value).integer(20, 2);
  }
  value.forEach((each) => attribute.integer(8, each));
  return attribute.integer(20, 7);
}

function tensorOf(name: string, shape: readonly number[], values: ConstantValues): Protobuf {
  const tensor = new Protobuf();
  shape.forEach((size) => tensor.integer(1, size));
  tensor.integer(2, values instanceof BigInt64Array ? INT64 : FLOAT).text(8, name);
  return tensor.raw(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function valueOf({ name, shape, type }: Tensor): Protobuf {
  const dimensions = new Protobuf();
  shape.forEach((size, axis) => {
    dimensions.message(
      1,
      size < 0 ? new Protobuf().text(2, axis === 0 ? 'batch' : 'queries') : new Protobuf().integer(1, size)
    );
  });
  const tensor = new Protobuf().integer(1, type === 'int64' ? INT64 : FLOAT).message(2, dimensions);
  return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
}
