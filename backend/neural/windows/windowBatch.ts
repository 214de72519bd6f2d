import { CATEGORY_COUNT, INPUT_SHAPES, type InputName } from './windowShape.ts';

/** The inputs of `windowCount` windows with `queryCount` queries each, flat and row-major, to be filled by `writeWindow`. */
export class WindowBatch {
  readonly windowCount: number;
  readonly queryCount: number;
  readonly inputs: Readonly<Record<InputName, Float32Array>>;
  readonly categories: BigInt64Array;

  constructor(windowCount: number, queryCount: number, memory?: Pick<WindowBatch, 'inputs' | 'categories'>) {
    this.windowCount = windowCount;
    this.queryCount = queryCount;
    this.inputs =
      memory?.inputs ??
      (Object.fromEntries(
        Object.keys(INPUT_SHAPES).map((name) => [name, new Float32Array(windowCount * this.sizeOf(name as InputName))])
      ) as Record<InputName, Float32Array>);
    this.categories = memory?.categories ?? new BigInt64Array(windowCount * CATEGORY_COUNT);
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

  /** Copies all windows into `target`, which has as many queries, from its window `at` on. */
  copyTo(target: WindowBatch, at: number): void {
    for (const name of Object.keys(INPUT_SHAPES) as InputName[]) {
      target.inputs[name].set(this.inputs[name], at * this.sizeOf(name));
    }
    target.categories.set(this.categories, at * CATEGORY_COUNT);
  }

  /** The first `windowCount` windows; shares their memory. */
  head(windowCount: number): WindowBatch {
    const inputs = Object.fromEntries(
      (Object.keys(INPUT_SHAPES) as InputName[]).map((name) => [
        name,
        this.inputs[name].subarray(0, windowCount * this.sizeOf(name)),
      ])
    ) as Record<InputName, Float32Array>;
    return new WindowBatch(windowCount, this.queryCount, {
      inputs,
      categories: this.categories.subarray(0, windowCount * CATEGORY_COUNT),
    });
  }
}
