import React, { memo } from 'react';
import { Text } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import type { Figure } from './model/figures';
import type { SimulationReport } from '../../../contract/simulation.ts';
import { outcomeOf, pairOf } from './model/outcomes';
import { isSameProps } from './model/isSameProps';

interface CompareTableProps {
  readonly figures: readonly Figure[];
  readonly names: readonly string[];
  /** One for each name; null while nothing is known. */
  readonly reports: ReadonlyArray<SimulationReport | null>;
  readonly plan: string;
  readonly planName: string;
}

/** All figures of all scenarios, beside the future without them. */
export const CompareTable = memo(function CompareTable({ figures, names, reports, plan, planName }: CompareTableProps) {
  const pairs = reports.map(pairOf);
  const baseline = pairs.find((pair) => pair !== null)?.baseline;
  return (
    <Section title={t('scenarios.compare.title', 'Side by side')} testId={testIds.scenarios.compare}>
      <SimpleTable
        caption={t('scenarios.compare.caption', 'With {{plan}}', { plan: planName })}
        columns={['', t('scenarios.baseline', 'Without'), ...names]}
        rows={figures.map(({ key, name, of, format, isBad }) => {
          const without = baseline === undefined ? null : of(outcomeOf(baseline, plan), baseline);
          return {
            key,
            cells: [
              name,
              format(without),
              ...pairs.map((pair) => {
                const value = pair === null ? null : of(outcomeOf(pair.scenario, plan), pair.scenario);
                return <Cell key={key} {...{ value, without, format, isBad }} />;
              }),
            ],
          };
        })}
      />
    </Section>
  );
}, isSameProps);

interface CellProps extends Pick<Figure, 'format' | 'isBad'> {
  readonly value: number | null;
  readonly without: number | null;
}

function Cell({ value, without, format, isBad }: CellProps) {
  const isSame = value === null || without === null || format(value) === format(without);
  const isWorse = value !== null && without !== null && (isBad ? value > without : value < without);
  return (
    <Text tabular color={isSame ? undefined : isWorse ? 'warning' : 'success'}>
      {format(value)}
    </Text>
  );
}
