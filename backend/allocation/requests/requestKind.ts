/** What a request is made for: cpu may be had a little late, memory kills where it is missing. */
export type RequestKind = 'cpu' | 'memory';

/** Of a resource that a replica requests: named cpu or memory, or measured in cores or (but for disk) bytes. */
export function requestKind({ name, unit }: { readonly name: string; readonly unit: string }): RequestKind | undefined {
  if (name === 'cpu' || name === 'memory') {
    return name;
  }
  if (unit === 'cores') {
    return 'cpu';
  }
  return unit === 'bytes' && name !== 'disk' ? 'memory' : undefined;
}
