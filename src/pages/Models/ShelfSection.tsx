import React from 'react';
import { Badge, Stack, Text } from '@grafana/ui';
import type { LearntModel } from '../../../contract/models.ts';
import { formatDuration } from '../../formatting/formatDuration';
import { formatNumber } from '../../formatting/formatNumber';
import { Sentence } from '../../sentences/Sentence';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';

/** The learnt models that ship: what they are, and how they did on data that they had not learnt from. */
export function ShelfSection({ models }: { readonly models: readonly LearntModel[] }) {
  const shipped = models.filter(({ workload }) => workload === null);
  return (
    <Section title={t('models.shelf.title', 'Models that ship')} testId={testIds.models.shelf}>
      {shipped.length === 0 ? (
        <Text color="secondary">
          {t('models.shelf.none', 'No learnt model is installed: statistical models forecast alone.')}
        </Text>
      ) : (
        <Stack direction="column" gap={3}>
          <Text color="secondary">
            {t(
              'models.shelf.note',
              'Scores are on data that a model had not learnt from, seasonal-naive’s in brackets; less is better.'
            )}
          </Text>
          {shipped.map((model) => (
            <Shelved key={`${model.name} ${model.version}`} model={model} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Shelved({ model }: { readonly model: LearntModel }) {
  const { name, version, state, reason, parameterCount, contextLength, horizon, seconds, scores, workloads } = model;
  const number = (value: number) => formatNumber(value, { maximumSignificantDigits: 3 });
  const facts = [
    ...(parameterCount === null
      ? []
      : [t('models.shelf.parameters', '{{count}} parameters', { count: number(parameterCount) })]),
    ...(contextLength === null ? [] : [t('models.shelf.context', 'reads {{count}} steps', { count: contextLength })]),
    ...(horizon === null ? [] : [t('models.shelf.horizon', 'foresees {{count}}', { count: horizon })]),
    ...(seconds === null ? [] : [t('models.shelf.trained', 'trained for {{time}}', { time: formatDuration(seconds) })]),
    t('models.shelf.used', 'takes part for {{count}} workloads', {
      count: workloads.length,
      defaultValue_one: 'takes part for {{count}} workload',
    }),
  ];
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        <Text element="h4" variant="h5">{`${name} ${version}`}</Text>
        {state === 'refused' && <Badge color="red" text={t('models.shelf.refused', 'Cannot be used')} />}
        <Text color="secondary">{facts.join(' · ')}</Text>
      </Stack>
      {reason !== null && (
        <Text color="error">
          <Sentence text={reason} />
        </Text>
      )}
      {scores.length > 0 && (
        <SimpleTable
          caption={t('models.shelf.scores', 'Unseen data')}
          columns={[t('models.shelf.data', 'Data'), t('models.metric.crps', 'CRPS'), t('models.metric.mase', 'MASE')]}
          rows={scores.map((score) => ({
            key: score.data,
            cells: [
              score.data,
              <Beside key="crps" own={score.crps} baseline={score.seasonalNaiveCrps} />,
              <Beside key="mase" own={score.mase} baseline={score.seasonalNaiveMase} />,
            ],
          }))}
        />
      )}
    </Stack>
  );
}

function Beside({ own, baseline }: { readonly own: number; readonly baseline: number }) {
  const number = (value: number) => formatNumber(value, { maximumSignificantDigits: 3 });
  return (
    <>
      <Text color={own < baseline ? 'success' : 'primary'} tabular>
        {number(own)}
      </Text>{' '}
      <Text color="secondary" tabular>
        ({number(baseline)})
      </Text>
    </>
  );
}
