import React, { useCallback, useMemo, useState } from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, Stack, ToolbarButton } from '@grafana/ui';
import type { RecommendationsResponse, WorkloadSummary } from '../../../contract/api.ts';
import { ActionButton } from '../../acting/ActionButton';
import { PauseBanner } from '../../acting/PauseBanner';
import { PauseModal } from '../../acting/PauseModal';
import { compareRecommendations } from '../../recommendation/compareRecommendations';
import { isOpen } from '../../recommendation/isOpen';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useRecommendations } from '../../sidecar/useRecommendations';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { RecommendationFilters } from './RecommendationFilters';
import { RecommendationTable } from './RecommendationTable';
import { SelectionBar } from './SelectionBar';
import { RecommendationTabs } from './Tabs';
import { useRecommendationFilter, type ShownState } from './useRecommendationFilter';

/** What to do about the fleet, the most urgent first, and what was made of it. */
export default function Recommendations() {
  const [filter, changeFilter] = useRecommendationFilter();
  const { resource, isLoading, reload } = useRecommendations(filter.state);
  const { resource: fleet } = useWorkloads();
  const [isPausing, setIsPausing] = useState(false);
  const workloads = fleet.kind === 'ready' ? fleet.value.workloads : undefined;
  const summaries = useMemo(() => new Map((workloads ?? []).map((each) => [each.name, each])), [workloads]);
  return (
    <PluginPage
      pageNav={{ text: t('recommendations.title', 'Recommendations') }}
      subTitle={t(
        'recommendations.subtitle',
        'What to do, what doing it and leaving it costs and risks, and what was made of it.'
      )}
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <ActionButton
            permission={PERMISSIONS.propose}
            variant="secondary"
            icon="pause"
            testId={testIds.acting.openPause}
            onClick={() => setIsPausing(true)}
          >
            {t('recommendations.pause', 'Pause scaling…')}
          </ActionButton>
          <ToolbarButton
            variant="canvas"
            icon={isLoading ? 'fa fa-spinner' : 'sync'}
            tooltip={t('overview.refresh', 'Refresh')}
            aria-label={t('overview.refresh', 'Refresh')}
            onClick={reload}
          />
        </Stack>
      }
    >
      <div data-testid={testIds.recommendations.page}>
        <Stack direction="column" gap={2}>
          <PauseBanner />
          <RecommendationTabs active="recommendations" />
          <RecommendationFilters filter={filter} onChange={changeFilter} />
          {resource.kind === 'loading' && (
            <LoadingRows label={t('recommendations.loading', 'Loading the recommendations')} />
          )}
          {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
          {resource.kind === 'ready' && (
            <>
              {resource.failure !== null && (
                <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
              )}
              <List
                key={filter.state}
                answer={resource.value}
                state={filter.state}
                search={filter.search}
                summaries={summaries}
                onChanged={reload}
              />
            </>
          )}
        </Stack>
        {isPausing && (
          <PauseModal
            scope="all"
            workloads={[...summaries.keys()]}
            onChanged={reload}
            onClose={() => setIsPausing(false)}
          />
        )}
      </div>
    </PluginPage>
  );
}

interface ListProps {
  readonly answer: RecommendationsResponse;
  readonly state: ShownState;
  readonly search: string;
  readonly summaries: ReadonlyMap<string, WorkloadSummary>;
  readonly onChanged: () => void;
}

function List({ answer: { now, recommendations }, state, search, summaries, onChanged }: ListProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = recommendations.filter(({ workload }) =>
      words.every((word) => workload.toLowerCase().includes(word))
    );
    return state === 'open' ? found.sort(compareRecommendations) : found.sort((a, b) => b.createdAt - a.createdAt);
  }, [recommendations, search, state]);
  const choosable = useMemo(
    () => (state === 'open' ? shown.filter((each) => each.action !== 'hold' && isOpen(each, now)) : []),
    [shown, state, now]
  );
  const select = useCallback(
    (ids: readonly string[], isSelected: boolean) =>
      setSelected((before) => {
        const after = new Set(before);
        for (const id of ids) {
          if (isSelected) {
            after.add(id);
          } else {
            after.delete(id);
          }
        }
        return after;
      }),
    []
  );
  const choosableIds = useMemo(
    () => (choosable.length === 0 ? null : new Set(choosable.map(({ id }) => id))),
    [choosable]
  );
  return (
    <Stack direction="column" gap={2}>
      {state === 'open' && (
        <SelectionBar
          selected={choosable.filter(({ id }) => selected.has(id))}
          choosable={choosable}
          now={now}
          onSelect={select}
          onChanged={onChanged}
        />
      )}
      {shown.length === 0 ? (
        <div data-testid={testIds.states.empty}>
          <EmptyState
            variant={search === '' ? 'completed' : 'not-found'}
            message={emptyMessage(state, search)}
            role="status"
          />
        </div>
      ) : (
        <RecommendationTable
          recommendations={shown}
          summaries={summaries}
          now={now}
          selected={selected}
          choosable={choosableIds}
          onSelect={select}
        />
      )}
    </Stack>
  );
}

function emptyMessage(state: ShownState, search: string): string {
  if (search !== '') {
    return t('overview.noMatch', 'No workload matches');
  }
  return state === 'open'
    ? t('recommendations.noneOpen', 'Nothing waits for an answer')
    : t('recommendations.none', 'There are none of this kind');
}
