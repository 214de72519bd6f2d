import { Alert } from '@grafana/ui';
import React from 'react';

/** What went wrong while a plugin was loaded, in its own words. */
export function Failure({ error }: { readonly error: unknown }) {
  return (
    <Alert severity="error" title="The plugin can't be shown">
      {error instanceof Error ? error.message : String(error)}
    </Alert>
  );
}
