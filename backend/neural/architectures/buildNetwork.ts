import { add, type Tensor } from '../graph/index.ts';
import { attend, feedForward } from './attention.ts';
import { dropped, linear, normalized, type BuildContext } from './buildContext.ts';
import { embedInputs } from './embedInputs.ts';
import { lstmLayer } from './lstmLayer.ts';
import type { NetworkInputs } from './networkInputs.ts';
import { quantileHead } from './quantileHead.ts';

export const ARCHITECTURES = ['lstm', 'transformer'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

export interface NetworkSize {
  readonly width: number;
  readonly layers: number;
  readonly decoderLayers: number;
}

/** The sizes of the networks that Headroom ships. */
export const DEFAULT_SIZES: Readonly<Record<Architecture, NetworkSize>> = {
  lstm: { width: 128, layers: 2, decoderLayers: 2 },
  transformer: { width: 128, layers: 3, decoderLayers: 2 },
};

/**
 * From the inputs of windows to quantiles `[batch, queries, level, step]` in scaled space, not ordered.
 *
 * The context goes through a patch LSTM or a patch Transformer; each query, a masked patch of the future, is decoded by
 * attention to it, so a horizon of any length is one pass.
 */
export function buildNetwork(
  context: BuildContext,
  architecture: Architecture,
  { width, layers, decoderLayers }: NetworkSize,
  inputs: NetworkInputs
): Tensor {
  const { tokens, queries } = embedInputs(context, inputs, width);
  let memory = tokens;
  for (let layer = 0; layer < layers; layer++) {
    const name = `encoder.${String(layer)}`;
    memory =
      architecture === 'lstm'
        ? recur(context, name, memory)
        : feedForward(context, `${name}.forward`, attend(context, `${name}.attend`, memory));
  }
  memory = normalized(context, 'encoder.norm', memory);
  let decoded = queries;
  for (let layer = 0; layer < decoderLayers; layer++) {
    const name = `decoder.${String(layer)}`;
    decoded = feedForward(context, `${name}.forward`, attend(context, `${name}.attend`, decoded, memory));
  }
  return quantileHead(context, inputs, decoded);
}

function recur(context: BuildContext, name: string, x: Tensor): Tensor {
  const states = lstmLayer(context, `${name}.lstm`, normalized(context, `${name}.norm`, x));
  const joined = linear(context, `${name}.joined`, states, x.shape.at(-1)!, { gain: 0.5 });
  return add(context.graph, x, dropped(context, joined));
}
