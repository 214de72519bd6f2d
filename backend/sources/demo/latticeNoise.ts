/** A 32-bit key of a name: FNV-1a over its UTF-16 units. */
export function noiseKey(seed: number, name: string): number {
  let hash = (2166136261 ^ Math.imul(seed | 0, 2654435761)) >>> 0;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  }
  return hash >>> 0;
}

/**
 * Uniform in [0, 1), a pure function of key and index: random access into a random sequence.
 *
 * Source: the finaliser of MurmurHash3 over both.
 */
export function hashUniform(key: number, index: number): number {
  // Indices beyond 32 bits (seconds since 1970 will be) take part with their upper half.
  let hash = (key ^ Math.imul(index | 0, 0x9e3779b1) ^ Math.imul(Math.floor(index / 4294967296), 0x85ebca6b)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}

/** Value noise in (-1, 1): random at whole multiples of `periodSeconds`, smooth between them; the same at any step. */
export function latticeNoise(key: number, timeSeconds: number, periodSeconds: number): number {
  const position = timeSeconds / periodSeconds;
  const index = Math.floor(position);
  const fraction = position - index;
  const weight = fraction * fraction * (3 - 2 * fraction);
  const left = hashUniform(key, index);
  const right = hashUniform(key, index + 1);
  return 2 * (left + (right - left) * weight) - 1;
}

/** Noise of a minute, ten minutes, an hour and six hours together, in (-1, 1): near values are alike, far ones are not. */
export function layeredNoise(key: number, timeSeconds: number): number {
  return (
    0.4 * latticeNoise(key, timeSeconds, 60) +
    0.25 * latticeNoise(key + 1, timeSeconds, 600) +
    0.2 * latticeNoise(key + 2, timeSeconds, 3600) +
    0.15 * latticeNoise(key + 3, timeSeconds, 21_600)
  );
}
