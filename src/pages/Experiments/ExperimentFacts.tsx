import React from 'react';
import type { Experiment } from '../../../contract/experiments.ts';
import { formatDuration } from '../../formatting/formatDuration';
import { formatTime } from '../../formatting/formatTime';
import { Fact, FactList } from '../../indicators/FactList';
import { t } from '../../translations';
import { armName, formatQuantity, outcomeName } from './experimentNames';
import { StateBadge } from './StateBadge';

interface ExperimentFactsProps {
  readonly experiment: Experiment;
}

/** What is tried, how, since when and by whom. */
export function ExperimentFacts({ experiment }: ExperimentFactsProps) {
  const { state, arms, outcome, present, startsAt, endsAt, endedAt, windowSeconds, burnInSeconds, who, guard } =
    experiment;
  return (
    <FactList>
      <Fact label={t('experiments.column.state', 'State')}>
        <StateBadge state={state} />
      </Fact>
      <Fact label={t('experiments.fact.a', 'a, as declared')}>{armName(arms.a)}</Fact>
      <Fact label={t('experiments.fact.b', 'b, tried')}>{armName(arms.b)}</Fact>
      <Fact label={t('experiments.fact.present', 'In force now')}>
        {present ?? t('experiments.fact.declared', 'as declared')}
      </Fact>
      <Fact label={t('experiments.column.outcome', 'Compared')}>{outcomeName(outcome)}</Fact>
      <Fact label={t('experiments.fact.from', 'From')}>{formatTime(startsAt)}</Fact>
      <Fact
        label={
          endedAt === null ? t('experiments.fact.until', 'Until, at the latest') : t('experiments.fact.ended', 'Ended')
        }
      >
        {formatTime(endedAt ?? endsAt)}
      </Fact>
      <Fact label={t('experiments.fact.window', 'Window, burn-in')}>
        {`${formatDuration(windowSeconds)}, ${formatDuration(burnInSeconds)}`}
      </Fact>
      <Fact label={t('experiments.fact.guard', 'Guard')}>{formatQuantity(guard.violationShare, '%')}</Fact>
      <Fact label={t('experiments.fact.who', 'Started by')}>{who}</Fact>
    </FactList>
  );
}
