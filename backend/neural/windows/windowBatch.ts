import { CATEGORY_COUNT, INPUT_SHAPES, type InputName } from './windowShape.ts';

/** The inputs of `windowCount` windows with `queryCount` queries each, flat and row-major, to be filled by `writeWindow`. */
export class WindowBatch {
  readonly windowCount: number;
  readonly queryCount: number;
  readonly inputs: Readonly<Record<InputName, Float32Array>>;
  readonly categories: BigInt64Array;

  constructor(windowCount: number, queryCount: number) {
    this.windowCount = windowCount;
    this.queryCount = queryCount;
    this.inputs = Object.fromEntries(
      Object.keys(INPUT_SHAPES).map((name) => [name, new Float32Array(windowCount * this.sizeOf(name as InputName))])
    ) as Record<InputName, Float32Array>;
    this.categories = new BigInt64Array(windowCount * CATEGORY_COUNT);
  }

  /** Elements of one window's part of an input. */
  sizeOf(name: InputName): number {
    return INPUT_SHAPES[name].reduce<number>((size, each) => size * (each === 'q' ? this.queryCount : each), 1);
  }

  /** The shape of an input with its batch dimension. */
  shapeOf(name: InputName): number[] {
    return [this.windowCount, ...INPUT_SHAPES[name].map((each) => (each === 'q' ? this.queryCount : each))];
  }

  /** The part of an input that belongs to a window and, where it stands once for each query, to a query. */
  part(name: InputName, window: number, query?: number): Float32Array {
    const size = this.sizeOf(name);
    const start = window * size;
    if (query === undefined) {
      return this.inputs[name].subarray(start, start + size);
    }
    const each = size / this.queryCount;
    return this.inputs[name].subarray(start + query * each, start + (query + 1) * each);
  }
}
