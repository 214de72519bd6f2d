import React, { useState } from 'react';
import { Stack, Text } from '@grafana/ui';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { LearntModel } from './LearntModel';
import type { LearntRole } from './learntRoles';
import { RoleDialogs, type Asked } from './RoleDialogs';

interface RolesSectionProps {
  readonly workload: string;
  readonly learnt: readonly LearntRole[];
  /** Whether a model is being trained for it now. */
  readonly isTraining: boolean;
  readonly promotion: 'auto' | 'approve';
  readonly now: number;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

/** Who is in charge of each learnt model, who is on trial, and what can be done about it. */
export function RolesSection(props: RolesSectionProps) {
  const { workload, learnt, isTraining, promotion, now, timeZone, onChanged } = props;
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Section title={t('models.roles.title', 'Champion and challengers')} testId={testIds.models.roles}>
      <Stack direction="column" gap={3}>
        <Text color="secondary">
          {promotion === 'auto'
            ? t(
                'models.roles.auto',
                'A challenger forecasts in shadow and is put in charge by itself once it is better with a certainty of 95%, however often one looks.'
              )
            : t(
                'models.roles.approve',
                'A challenger forecasts in shadow; once it is better it waits for a person to promote it.'
              )}
        </Text>
        {learnt.length === 0 && (
          <Text>{t('models.roles.none', 'No learnt model takes part in the forecasts of this workload.')}</Text>
        )}
        {learnt.map((each) => (
          <LearntModel
            key={each.name}
            learnt={each}
            isTraining={isTraining}
            now={now}
            timeZone={timeZone}
            onAsk={setAsked}
          />
        ))}
      </Stack>
      {asked !== null && (
        <RoleDialogs workload={workload} asked={asked} onDone={onChanged} onClose={() => setAsked(null)} />
      )}
    </Section>
  );
}
