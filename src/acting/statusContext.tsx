import React, { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Status } from '../../contract/api.ts';
import { useStatus } from '../sidecar/useStatus';

/** How the sidecar stands, shared by all that shows it. */
export interface KnownStatus {
  /** Null while nothing is known. */
  readonly status: Status | null;
  readonly reload: () => void;
}

const StatusContext = createContext<KnownStatus>({ status: null, reload: () => undefined });

/** Asks how the sidecar stands once for all pages. */
export function StatusProvider({ children }: { readonly children: ReactNode }) {
  const { resource, reload } = useStatus();
  const status = resource.kind === 'ready' ? resource.value : null;
  const value = useMemo(() => ({ status, reload }), [status, reload]);
  return <StatusContext.Provider value={value}>{children}</StatusContext.Provider>;
}

export function useKnownStatus(): KnownStatus {
  return useContext(StatusContext);
}
