import React from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, LinkButton, Stack, TextLink } from '@grafana/ui';
import type { Experiment } from '../../../contract/experiments.ts';
import { formatTime } from '../../formatting/formatTime';
import { experimentUrl } from '../../routes';
import { Sentence } from '../../sentences/Sentence';
import { useExperiments } from '../../sidecar/useExperiments';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import { armName, formatQuantity, outcomeName } from './experimentNames';
import { StateBadge } from './StateBadge';

/** Tests of one configuration against another, in time, on the real thing. */
export default function Experiments() {
  const { resource, reload } = useExperiments();
  return (
    <PluginPage
      pageNav={{ text: t('experiments.title', 'Experiments') }}
      subTitle={t(
        'experiments.subtitle',
        'Two risks, policies or models, alternating by coins: which one is better, and how sure is that?'
      )}
      actions={
        <LinkButton icon="plus" href={experimentUrl('new')} data-testid={testIds.experiments.add}>
          {t('experiments.new', 'New test')}
        </LinkButton>
      }
    >
      <div data-testid={testIds.experiments.page}>
        {resource.kind === 'loading' && <LoadingRows label={t('experiments.loading', 'Loading the tests')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' && (
          <Stack direction="column" gap={2}>
            {resource.failure !== null && (
              <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
            )}
            {resource.value.experiments.length === 0 ? (
              <div data-testid={testIds.states.empty}>
                <EmptyState
                  variant="call-to-action"
                  message={t('experiments.none', 'Nothing was tested yet')}
                  role="status"
                  button={
                    <LinkButton href={experimentUrl('new')}>{t('experiments.first', 'Design a test')}</LinkButton>
                  }
                >
                  {t(
                    'experiments.noneDetail',
                    'A test lets a workload alternate between what is declared and another risk, policy or model, and says with certainty which costs less. What it would find is shown before it begins.'
                  )}
                </EmptyState>
              </div>
            ) : (
              <ExperimentTable experiments={resource.value.experiments} />
            )}
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

function ExperimentTable({ experiments }: { readonly experiments: readonly Experiment[] }) {
  return (
    <Section title={t('experiments.all', 'All tests')} testId={testIds.experiments.table}>
      <SimpleTable
        caption={t('experiments.caption', 'Newest first')}
        isCaptionHidden
        columns={[
          t('experiments.column.workload', 'Workload'),
          t('experiments.column.state', 'State'),
          t('experiments.column.arms', 'a and b'),
          t('experiments.column.outcome', 'Compared'),
          t('experiments.column.difference', 'b less a'),
          t('experiments.column.time', 'From, until'),
          t('experiments.column.verdict', 'Verdict'),
        ]}
        rows={experiments.map((each) => ({
          key: each.id,
          cells: [
            <TextLink key="link" href={experimentUrl(each.id)} inline={false}>
              {each.workload}
            </TextLink>,
            <StateBadge key="state" state={each.state} />,
            `${armName(each.arms.a)} / ${armName(each.arms.b)}`,
            outcomeName(each.outcome),
            formatQuantity(each.looks.at(-1)?.effect, each.unit),
            `${formatTime(each.startsAt)} – ${formatTime(each.endedAt ?? each.endsAt)}`,
            each.verdict[0] === undefined ? '–' : <Sentence key="verdict" text={each.verdict[0]} />,
          ],
        }))}
      />
    </Section>
  );
}
