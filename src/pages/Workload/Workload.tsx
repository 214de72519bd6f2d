import React from 'react';
import { PluginPage } from '@grafana/runtime';
import { Sentence } from '../../sentences/Sentence';
import { t } from '../../translations';
import { Alert, LinkButton, Stack, ToolbarButton } from '@grafana/ui';
import { useLocation, useParams } from 'react-router-dom';
import type { ForecastRange, WorkloadDetail } from '../../../contract/api.ts';
import { PauseBanner } from '../../acting/PauseBanner';
import { ScalingSection } from '../../acting/ScalingSection';
import { overviewUrl, PARAMS, workloadSetupUrl, workloadUrl } from '../../routes';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { useWorkload } from '../../sidecar/useWorkload';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { PageTimeRange } from '../../timeRange/PageTimeRange';
import { useUrlTimeRange, type UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { AccuracySection } from './AccuracySection';
import { ForecastSection } from './ForecastSection';
import { ImportanceSection } from './ImportanceSection';
import { RecommendationSection } from './RecommendationSection';
import { RESERVED_LINE } from '../reservedLine';
import { RANGE_SPANS, useForecastRange, type UrlForecastRange } from './useForecastRange';
import { useUrlResource } from './useUrlResource';
import { WorkloadFacts } from './WorkloadFacts';

/** One workload: what was, what is coming, what it has to fit into, and what to do about it. */
export default function Workload() {
  const { name = '' } = useParams();
  const { search } = useLocation();
  const { resource, isLoading, reload } = useWorkload(name);
  const loadedAt = resource.kind === 'ready' ? resource.loadedAtMs : undefined;
  const chosen = useForecastRange();
  const time = useUrlTimeRange(loadedAt, RANGE_SPANS[chosen.range]);
  return (
    <PluginPage
      pageNav={{
        text: name,
        url: `${workloadUrl(name)}${search}`,
        parentItem: { text: t('overview.title', 'Overview'), url: overviewUrl(rangeQuery(time)) },
      }}
      subTitle={resource.kind === 'ready' ? subTitle(resource.value) : RESERVED_LINE}
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <PageTimeRange time={time} />
          {isAllowed(PERMISSIONS.admin) && (
            <LinkButton variant="secondary" icon="pen" href={workloadSetupUrl(name)} data-testid={testIds.setup.edit}>
              {t('workload.edit', 'Edit')}
            </LinkButton>
          )}
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
      <div data-testid={testIds.workload.page}>
        {resource.kind === 'loading' && <LoadingRows label={t('workload.loading', 'Loading the workload')} />}
        {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
        {resource.kind === 'ready' && (
          <Stack direction="column" gap={2}>
            {resource.failure !== null && (
              <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
            )}
            <Detail detail={resource.value} time={time} chosen={chosen} onChanged={reload} />
          </Stack>
        )}
      </div>
    </PluginPage>
  );
}

interface DetailProps {
  readonly detail: WorkloadDetail;
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  readonly onChanged: () => void;
}

function Detail({ detail, time, chosen, onChanged }: DetailProps) {
  const { summary, now } = detail;
  const shown = useUrlResource(detail);
  const { resource } = shown;
  return (
    <>
      <PauseBanner workload={summary.name} onChanged={onChanged} />
      <Troubles detail={detail} />
      <WorkloadFacts summary={summary} now={now} timeZone={time.timeZone} />
      {resource !== undefined && (
        <ForecastSection detail={detail} time={time} chosen={chosen} shown={{ ...shown, resource }} />
      )}
      <RecommendationSection detail={detail} timeZone={time.timeZone} />
      {summary.scaling !== undefined && (
        <ScalingSection workload={summary.name} timeZone={time.timeZone} onChanged={onChanged} />
      )}
      {resource !== undefined && (
        <ImportanceSection
          workload={summary.name}
          resource={resource}
          unit={summary.resources.find(({ name }) => name === resource)?.unit ?? ''}
        />
      )}
      <AccuracySection accuracy={accuracyOf(detail, chosen.range)} resources={summary.resources} />
    </>
  );
}

/** Of the near range its own; planning has none, since its truths take months. */
function accuracyOf({ accuracy, ranges }: WorkloadDetail, range: ForecastRange): WorkloadDetail['accuracy'] {
  return range === 'near' ? (ranges.find((each) => each.range === 'near')?.accuracy ?? []) : accuracy;
}

/** What makes the numbers below less than they seem: a failing source, a stale forecast, a gap. */
function Troubles({ detail: { summary } }: { readonly detail: WorkloadDetail }) {
  const { health, warnings } = summary;
  const lines = [...(health.problem === null ? [] : [health.problem]), ...warnings];
  if (lines.length === 0) {
    return null;
  }
  const title =
    health.state === 'failing'
      ? t('workload.failing', 'This workload cannot be forecast at present')
      : health.state === 'stale'
        ? t('workload.stale', 'The forecast is out of date')
        : t('workload.warnings', 'Worth knowing about this forecast');
  return (
    <Alert
      severity={health.state === 'failing' ? 'error' : health.state === 'stale' ? 'warning' : 'info'}
      title={title}
    >
      <ul>
        {[...new Set(lines)].map((line) => (
          <li key={line}>
            <Sentence text={line} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function subTitle({ summary: { account } }: WorkloadDetail): string {
  return [account.name, account.tier, account.industry, account.region].filter(Boolean).join(' · ');
}

function rangeQuery({ rawFrom, rawTo }: UrlTimeRange): Record<string, string> {
  return { [PARAMS.from]: rawFrom, [PARAMS.to]: rawTo };
}
