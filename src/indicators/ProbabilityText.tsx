import React from 'react';
import { formatProbability } from '../formatting/formatProbability';
import { Tone } from './Tone';
import { probabilityColor } from './urgency';

/** A probability of a shortfall, coloured by how likely it is. */
export function ProbabilityText({ probability }: { readonly probability: number | null | undefined }) {
  return (
    <Tone color={probabilityColor(probability)} isStrong={(probability ?? 0) >= 0.1}>
      {formatProbability(probability)}
    </Tone>
  );
}
