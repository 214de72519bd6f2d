import React from 'react';
import { PluginPage } from '@grafana/runtime';
import { Stack, ToolbarButton } from '@grafana/ui';
import { useParams } from 'react-router-dom';
import { PauseBanner } from '../../acting/PauseBanner';
import { headline } from '../../recommendation/headline';
import { recommendationsUrl, recommendationUrl } from '../../routes';
import { useRecommendation } from '../../sidecar/useRecommendation';
import { FailureNotice } from '../../states/FailureNotice';
import { LoadingRows } from '../../states/LoadingRows';
import { StaleNotice } from '../../states/StaleNotice';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { RESERVED_LINE } from '../reservedLine';
import { RecommendationDetail } from './RecommendationDetail';

/** One recommendation: what, why, at what cost and risk, and what to make of it. */
export default function Recommendation() {
  const { id = '' } = useParams();
  const { resource, isLoading, reload } = useRecommendation(id);
  const recommendation = resource.kind === 'ready' ? resource.value.recommendation : undefined;
  return (
    <PluginPage
      pageNav={{
        text: recommendation?.workload ?? t('recommendation.title', 'Recommendation'),
        url: recommendationUrl(id),
        parentItem: { text: t('recommendations.title', 'Recommendations'), url: recommendationsUrl() },
      }}
      subTitle={recommendation === undefined ? RESERVED_LINE : headline(recommendation)}
      actions={
        <ToolbarButton
          variant="canvas"
          icon={isLoading ? 'fa fa-spinner' : 'sync'}
          tooltip={t('overview.refresh', 'Refresh')}
          aria-label={t('overview.refresh', 'Refresh')}
          onClick={reload}
        />
      }
    >
      <div data-testid={testIds.recommendation.page}>
        <Stack direction="column" gap={2}>
          <PauseBanner workload={recommendation?.workload ?? ''} onChanged={reload} />
          {resource.kind === 'loading' && (
            <LoadingRows label={t('recommendation.loading', 'Loading the recommendation')} />
          )}
          {resource.kind === 'failed' && <FailureNotice failure={resource.failure} onRetry={reload} />}
          {resource.kind === 'ready' && (
            <>
              {resource.failure !== null && (
                <StaleNotice failure={resource.failure} loadedAtMs={resource.loadedAtMs} onRetry={reload} />
              )}
              <RecommendationDetail
                key={id}
                seen={resource.value}
                loadedAtMs={resource.loadedAtMs}
                onChanged={reload}
              />
            </>
          )}
        </Stack>
      </div>
    </PluginPage>
  );
}
