import React from 'react';
import { LoadingState, type PanelProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { spoken } from '../../sentences/spoken';
import type { Failure } from '../../sidecar/failure';
import { useWorkload } from '../../sidecar/useWorkload';
import { explainFailure } from '../../states/explainFailure';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { PanelMessage } from '../PanelMessage';
import { adviceOf } from './advice';
import { AdviceStat } from './AdviceStat';
import type { RecommendationPanelOptions } from './options';
import { dataLinkOf, workloadOf } from './workloadOf';

/** What Headroom recommends for the workload that the options or the data name. */
export function RecommendationPanel(props: PanelProps<RecommendationPanelOptions>) {
  const { options, data, replaceVariables, width, height } = props;
  const asked = replaceVariables(options.workload ?? '').trim();
  const workload = asked === '' ? workloadOf(data.series) : asked;
  if (workload === null) {
    return data.state === LoadingState.Loading ? (
      <LoadingPlaceholder text="" />
    ) : (
      <PanelMessage
        testId={testIds.recommendationPanel.message}
        title={t('advice.noWorkload.title', 'No workload is named')}
        detail={t(
          'advice.noWorkload.detail',
          'Name one in the panel options, or query a series with the label “workload”, such as headroom_recommended_replicas.'
        )}
        width={width}
        height={height}
      />
    );
  }
  return <OfWorkload {...props} workload={workload} />;
}

function OfWorkload({
  workload,
  data,
  options,
  width,
  height,
}: PanelProps<RecommendationPanelOptions> & { readonly workload: string }) {
  const { resource } = useWorkload(workload);
  const size = { width, height };
  if (resource.kind === 'loading') {
    return <LoadingPlaceholder text="" />;
  }
  if (resource.kind === 'failed') {
    return <Failed failure={resource.failure} {...size} />;
  }
  const advice = adviceOf(resource.value);
  const { problem } = resource.value.summary.health;
  if (advice === null) {
    return (
      <PanelMessage
        testId={testIds.recommendationPanel.message}
        title={t('advice.none.title', 'Nothing is recommended for {{workload}}', { workload })}
        detail={problem === null ? t('advice.none.detail', 'There is no plan yet.') : spoken(problem)}
        {...size}
      />
    );
  }
  return (
    <div data-testid={testIds.recommendationPanel.panel}>
      <AdviceStat
        workload={workload}
        advice={advice}
        now={resource.value.now}
        options={options}
        link={dataLinkOf(data.series)}
        {...size}
      />
    </div>
  );
}

function Failed({ failure, ...size }: { readonly failure: Failure; readonly width: number; readonly height: number }) {
  const { title, detail } = explainFailure(failure, true);
  return <PanelMessage testId={testIds.recommendationPanel.message} title={title} detail={detail} {...size} />;
}
