import { useCallback, useInsertionEffect, useRef } from 'react';

/** A stable function that gives the value of the last render: for callbacks that outlive the render they were made in. */
export function useLatest<T>(value: T): () => T {
  const ref = useRef(value);
  useInsertionEffect(() => {
    ref.current = value;
  });
  return useCallback(() => ref.current, []);
}
