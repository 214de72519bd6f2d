import React from 'react';
import { Alert } from '@grafana/ui';
import type { ForecastRange, WorkloadRange } from '../../../contract/api.ts';
import { Sentence } from '../../sentences/Sentence';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface RangeTroubleProps {
  readonly range: ForecastRange;
  /** Undefined where the workload does not declare the range. */
  readonly state: WorkloadRange | undefined;
}

/** What is wrong with a range beside the day ahead, whose own troubles stand above it. */
export function RangeTrouble({ range, state }: RangeTroubleProps) {
  if (range === 'day' || (state?.health.state === 'ok' && state.warnings.length === 0)) {
    return null;
  }
  if (state === undefined) {
    return (
      <div data-testid={testIds.workload.rangeTrouble}>
        <Alert severity="info" title={t('range.undeclared', 'This range is not forecast for this workload')}>
          {range === 'near'
            ? t('range.near.declare', 'Declare forecast.nearStep, such as 1m, in the workloads file.')
            : t(
                'range.planning.declare',
                'Declare forecast.planning in the workloads file; two weeks of days must be known.'
              )}
        </Alert>
      </div>
    );
  }
  const { health, warnings } = state;
  const lines = [...new Set([...(health.problem === null ? [] : [health.problem]), ...warnings])];
  const title =
    health.state === 'failing'
      ? t('range.failing', 'Nothing new can be forecast at this range')
      : health.state === 'stale'
        ? t('range.stale', 'The forecast of this range is out of date')
        : health.state === 'starting'
          ? t('range.starting', 'This range is being read for the first time')
          : t('range.warnings', 'Worth knowing about this range');
  return (
    <div data-testid={testIds.workload.rangeTrouble}>
      <Alert
        severity={health.state === 'failing' ? 'error' : health.state === 'stale' ? 'warning' : 'info'}
        title={title}
      >
        <ul>
          {lines.map((line) => (
            <li key={line}>
              <Sentence text={line} />
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  );
}
