import React from 'react';
import { Stack, Text } from '@grafana/ui';
import { formatNumber } from '../../formatting/formatNumber';
import { useFleetSkill, type FleetSkill } from '../../sidecar/useFleetSkill';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { LEADS } from './leaderboardRows';

/** How each model does live over the whole fleet, beside the same time a season ago. */
export function FleetSkillSection() {
  const { resource, reload } = useFleetSkill();
  return (
    <Section title={t('models.skill.title', 'Leaderboard of the fleet')} testId={testIds.models.skill}>
      {resource.kind === 'loading' && <LoadingRows label={t('models.skill.loading', 'Loading the scores')} />}
      {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
      {resource.kind === 'ready' &&
        (resource.value.length === 0 ? (
          <Text color="secondary">
            {t('accuracy.none', 'No forecast has met its truth yet; the first scores come within the hour.')}
          </Text>
        ) : (
          <Stack direction="column" gap={1}>
            <SimpleTable
              caption={t('models.skill.caption', 'CRPS of the middle series')}
              columns={[
                t('models.leaderboard.model', 'Model'),
                ...LEADS.map((lead) => t('models.leaderboard.upTo', 'Up to {{lead}}', { lead })),
              ]}
              rows={skillRows(resource.value)}
            />
            <Text variant="bodySmall" color="secondary">
              {t('models.skill.note', 'Live, by how far ahead, as a share of seasonal-naive’s; below 100% is better.')}
            </Text>
          </Stack>
        ))}
    </Section>
  );
}

function skillRows(skills: readonly FleetSkill[]) {
  const at = (model: string, lead: string) => skills.find((each) => each.model === model && each.lead === lead)?.ratio;
  const models = [...new Set(skills.map(({ model }) => model))];
  const worth = (model: string) => LEADS.flatMap((lead) => at(model, lead) ?? []).at(-1) ?? Infinity;
  return models
    .sort((a, b) => worth(a) - worth(b) || a.localeCompare(b))
    .map((model) => ({
      key: model,
      cells: [
        model,
        ...LEADS.map((lead) => {
          const ratio = at(model, lead);
          return ratio === undefined ? (
            '–'
          ) : (
            <Text key={lead} color={ratio < 1 ? 'success' : 'primary'} tabular>
              {formatNumber(ratio, { style: 'percent' })}
            </Text>
          );
        }),
      ],
    }));
}
