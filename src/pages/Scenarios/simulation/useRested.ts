import { useEffect, useState } from 'react';

/**
 * Whether a position, as it was first or after it moved, has been answered and left alone for so long since. The first
 * one is at rest.
 */
export function useRested(position: string, isAnswered: boolean, restMs: number): boolean {
  const [rested, setRested] = useState(position);
  const isAtRest = rested === position;
  useEffect(() => {
    if (isAtRest || !isAnswered) {
      return undefined;
    }
    const timer = setTimeout(() => setRested(position), restMs);
    return () => clearTimeout(timer);
  }, [position, isAtRest, isAnswered, restMs]);
  return isAtRest;
}
