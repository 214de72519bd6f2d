import { useLayoutEffect, useRef, useState } from 'react';

/** Whether an element is narrower than what is in it, so that it has to be scrolled. */
export function useIsOverflowing<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const [isOverflowing, setIsOverflowing] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) {
      return;
    }
    const look = () => setIsOverflowing(element.scrollWidth > element.clientWidth);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild !== null) {
      observer.observe(element.firstElementChild);
    }
    return () => observer.disconnect();
  }, []);
  return [ref, isOverflowing] as const;
}
