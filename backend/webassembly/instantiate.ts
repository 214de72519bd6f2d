/** The memory of an instance: its buffer is another one once it has grown. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

// Node's types know of WebAssembly by name only.
const { WebAssembly: engine } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
};

/** An instance of a module that needs nothing from outside; what it exports is what its text says. */
export interface Instance {
  readonly memory: KernelMemory;
  readonly functions: unknown;
}

/** The module whose bytes are `base64`, ready to be called. */
export function instantiate(base64: string): Instance {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const exported = new engine.Instance(new engine.Module(bytes)).exports as { readonly memory: KernelMemory };
  return { memory: exported.memory, functions: exported };
}
