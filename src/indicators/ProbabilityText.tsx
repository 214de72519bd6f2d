import React from 'react';
import { Text } from '@grafana/ui';
import { formatProbability } from '../formatting/formatProbability';
import { probabilityColor } from './urgency';

/** A probability of a shortfall, coloured by how likely it is. */
export function ProbabilityText({ probability }: { readonly probability: number | null | undefined }) {
  return (
    <Text color={probabilityColor(probability)} weight={(probability ?? 0) >= 0.1 ? 'medium' : 'regular'} tabular>
      {formatProbability(probability)}
    </Text>
  );
}
