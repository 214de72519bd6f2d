import React from 'react';
import { Badge, type BadgeColor } from '@grafana/ui';
import type { Experiment } from '../../../contract/experiments.ts';
import { stateName } from './experimentNames';

/** How a test stands, in a word. */
export function StateBadge({ state }: { readonly state: Experiment['state'] }) {
  return <Badge color={COLORS[state]} text={stateName(state)} />;
}

const COLORS: Readonly<Record<Experiment['state'], BadgeColor>> = {
  running: 'blue',
  done: 'green',
  stopped: 'darkgrey',
  harmful: 'red',
};
