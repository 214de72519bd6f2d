import React from 'react';
import { Badge } from '@grafana/ui';
import { driftName, isDrifting, type Drift } from './driftName';
import { spoken } from '../../sentences/spoken';

/** The verdict on a series in a word. */
export function DriftBadge({ drift }: { readonly drift: Pick<Drift, 'kind' | 'isConfirmed' | 'words'> }) {
  return (
    <Badge
      color={
        isDrifting(drift) ? (drift.isConfirmed ? 'orange' : 'blue') : drift.kind === 'steady' ? 'green' : 'darkgrey'
      }
      text={driftName(drift)}
      tooltip={spoken(drift.words)}
    />
  );
}
