/** Inner loops in WebAssembly: one instance of a module from its bytes; the text of each lies beside them. */
export { instantiate, type Instance, type KernelMemory } from './instantiate.ts';
