import React, { useMemo, useState } from 'react';
import { getTimeZone } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Button, EmptyState, Stack, Text } from '@grafana/ui';
import type { Decision, DecisionsResponse } from '../../../contract/api.ts';
import { PauseBanner } from '../../acting/PauseBanner';
import { DecisionList } from '../../audit/DecisionList';
import { useDecisions } from '../../sidecar/useDecisions';
import { useWorkloads } from '../../sidecar/useWorkloads';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { RecommendationTabs } from '../Recommendations/Tabs';
import { AuditFilters } from './AuditFilters';
import { ChainMark } from './ChainMark';
import { ExportButton } from './ExportButton';
import { SPANS, useAuditFilter, type AuditFilter } from './useAuditFilter';

const FIRST = 100;
const MOST = 1000;

/** Who did what, when and why, and that nobody has changed it since. */
export default function Audit() {
  const [filter, changeFilter] = useAuditFilter();
  const [limit, setLimit] = useState(FIRST);
  const { resource, reload } = useDecisions({
    workload: filter.workload === '' ? undefined : filter.workload,
    withinSeconds: SPANS[filter.within],
    limit,
  });
  const { resource: fleet } = useWorkloads();
  const workloads = useMemo(
    () => (fleet.kind === 'ready' ? fleet.value.workloads.map(({ name }) => name) : []),
    [fleet]
  );
  const decisions = resource.kind === 'ready' ? resource.value.decisions : NONE;
  const kinds = useMemo(() => [...new Set(decisions.map(({ what }) => what))], [decisions]);
  return (
    <PluginPage
      pageNav={{ text: t('audit.title', 'Audit') }}
      subTitle={t('audit.subtitle', 'Who did what, when and why. Each decision is chained to the one before.')}
      actions={<ExportButton />}
    >
      <div data-testid={testIds.audit.page}>
        <Stack direction="column" gap={2}>
          <PauseBanner />
          <RecommendationTabs active="audit" />
          <Stack direction="row" gap={2} wrap="wrap" justifyContent="space-between">
            <AuditFilters filter={filter} workloads={workloads} kinds={kinds} onChange={changeFilter} />
            <ChainMark />
          </Stack>
          {resource.kind === 'loading' && <LoadingRows label={t('audit.loading', 'Loading the decisions')} />}
          {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
          {resource.kind === 'ready' && (
            <>
              {resource.failure !== null && (
                <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
              )}
              <Decisions answer={resource.value} filter={filter} limit={limit} onMore={() => setLimit(MOST)} />
            </>
          )}
        </Stack>
      </div>
    </PluginPage>
  );
}

const NONE: readonly Decision[] = [];

interface DecisionsProps {
  readonly answer: DecisionsResponse;
  readonly filter: AuditFilter;
  readonly limit: number;
  readonly onMore: () => void;
}

function Decisions({ answer: { decisions, next }, filter, limit, onMore }: DecisionsProps) {
  const shown = decisions.filter((decision) => isShown(decision, filter));
  return (
    <Stack direction="column" gap={1}>
      {shown.length === 0 ? (
        <div data-testid={testIds.states.empty}>
          <EmptyState
            variant="not-found"
            message={
              decisions.length === 0
                ? t('audit.none', 'Nothing was decided in this time')
                : t('audit.noMatch', 'No decision matches')
            }
            role="status"
          />
        </div>
      ) : (
        <div data-testid={testIds.audit.table}>
          <DecisionList decisions={shown} timeZone={getTimeZone()} />
        </div>
      )}
      {next !== null && limit < MOST && (
        <div>
          <Button variant="secondary" onClick={onMore}>
            {t('audit.more', 'Show older ones')}
          </Button>
        </div>
      )}
      {next !== null && limit >= MOST && (
        <Text color="secondary">
          {t('audit.rest', 'These are the latest {{count}}. The export has all of them.', { count: MOST })}
        </Text>
      )}
    </Stack>
  );
}

function isShown({ what, who, why, outcome, workload }: Decision, filter: AuditFilter): boolean {
  const text = [who, outcome, workload ?? '', ...why].join('\n').toLowerCase();
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return (filter.what === '' || what === filter.what) && words.every((word) => text.includes(word));
}
