import React from 'react';
import { Badge, type BadgeColor } from '@grafana/ui';
import type { RecommendationState } from '../../contract/recommendation.ts';
import { stateName } from './stateName';

/** What has become of a recommendation. */
export function StateBadge({ state }: { readonly state: RecommendationState }) {
  return <Badge color={stateColor(state)} text={stateName(state)} />;
}

function stateColor(state: RecommendationState): BadgeColor {
  switch (state) {
    case 'proposed':
      return 'blue';
    case 'approved':
    case 'applied':
      return 'green';
    case 'rolled-back':
      return 'orange';
    case 'snoozed':
      return 'purple';
    case 'dismissed':
    case 'superseded':
    case 'expired':
      return 'darkgrey';
  }
}
