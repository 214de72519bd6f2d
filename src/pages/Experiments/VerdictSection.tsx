import React from 'react';
import { Stack, Text } from '@grafana/ui';
import type { Experiment } from '../../../contract/experiments.ts';
import { Sentence } from '../../sentences/Sentence';
import { spoken } from '../../sentences/spoken';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { formatQuantity } from './experimentNames';

interface VerdictSectionProps {
  readonly experiment: Experiment;
}

/** What came of it, in words, and what was known before. */
export function VerdictSection({
  experiment: { verdict, endedBecause, lower, means, unit, planned },
}: VerdictSectionProps) {
  return (
    <Section title={t('experiments.verdict.title', 'Verdict')} testId={testIds.experiments.verdict}>
      <Stack direction="column" gap={1}>
        {verdict.map((sentence, index) => (
          <Text
            key={sentence}
            weight={index === 0 ? 'medium' : undefined}
            color={lower !== null && index === 0 ? 'success' : undefined}
          >
            <Sentence text={sentence} />
          </Text>
        ))}
        {endedBecause !== null && !verdict.includes(endedBecause) && (
          <Text>
            <Sentence text={endedBecause} />
          </Text>
        )}
        {means !== null && (
          <Text color="secondary">
            {t('experiments.verdict.means', 'In the mean: a {{a}}, b {{b}}.', {
              a: formatQuantity(means.a, unit),
              b: formatQuantity(means.b, unit),
            })}
          </Text>
        )}
        {planned !== null && planned.words.length > 0 && (
          <Text variant="bodySmall" color="secondary">
            {t('experiments.verdict.planned', 'Known before it began: {{words}}', {
              words: planned.words.map(spoken).join(' '),
            })}
          </Text>
        )}
      </Stack>
    </Section>
  );
}
