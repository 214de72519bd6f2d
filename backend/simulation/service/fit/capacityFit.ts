/** What one kind of measurement says of a replica's capacity. */
export type CapacityFit =
  | {
      readonly kind: 'fitted';
      readonly perReplica: number;
      readonly relativeError: number;
      readonly fitError: number;
      readonly pointCount: number;
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly pointCount: number };

/** Fewer instants say nothing. */
export const LEAST_POINTS = 100;
/** Parts of the past that disagree by more say nothing. */
export const MOST_ERROR = 0.5;

/** A figure in words. */
export function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
