import React, { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Tooltip } from '@grafana/ui';

interface LazyTooltipProps {
  readonly content: string;
  readonly children: ReactNode;
}

type Armed = 'no' | 'byPointer' | 'byFocus';

/** A tooltip that is made when it is first looked for, by pointer or keyboard: in a table most never are. */
export function LazyTooltip({ content, children }: LazyTooltipProps) {
  const [armed, setArmed] = useState<Armed>('no');
  const [isOpen, setIsOpen] = useState(false);
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    // What had the focus is another element now.
    if (armed === 'byFocus') {
      (ref.current?.firstElementChild as HTMLElement | null)?.focus();
    }
  }, [armed]);
  const open = (by: Armed) => {
    setIsOpen(true);
    setArmed((before) => (before === 'no' ? by : before));
  };
  const close = () => setIsOpen(false);
  return (
    <span
      ref={ref}
      onPointerEnter={() => open('byPointer')}
      onPointerLeave={close}
      onFocus={() => open('byFocus')}
      onBlur={close}
      onKeyDownCapture={({ key }: KeyboardEvent) => {
        if (key === 'Escape') {
          close();
        }
      }}
    >
      {armed === 'no' ? (
        <span tabIndex={0}>{children}</span>
      ) : (
        <Tooltip content={content} show={isOpen}>
          <span>{children}</span>
        </Tooltip>
      )}
    </span>
  );
}
