import * as ort from 'onnxruntime-node';
import { CATEGORY_COUNT, INPUT_SHAPES, type InputName, type WindowBatch } from '../windows/index.ts';

/** A batch as the inputs of a published network, by name; shares its buffers. */
export function windowTensors(batch: WindowBatch): Record<string, ort.Tensor> {
  const floats = Object.keys(INPUT_SHAPES).map((name) => {
    const key = name as InputName;
    return [key, new ort.Tensor('float32', batch.inputs[key], batch.shapeOf(key))] as const;
  });
  return {
    ...Object.fromEntries(floats),
    categories: new ort.Tensor('int64', batch.categories, [batch.windowCount, CATEGORY_COUNT]),
  };
}
