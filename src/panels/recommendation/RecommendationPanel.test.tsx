import { fetchError, standInBackend, type StandInBackend } from '../../testing/standIns';
import React from 'react';
import {
  createDataFrame,
  FieldType,
  getDefaultTimeRange,
  LoadingState,
  type DataFrame,
  type PanelProps,
} from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { aDetail, aRecommendation, NOW } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import { adviceOf } from './advice';
import { migrateOptions } from './migrateOptions';
import type { RecommendationPanelOptions } from './options';
import { RecommendationPanel } from './RecommendationPanel';

const OPTIONS: RecommendationPanelOptions = { workload: '', isTimeShown: true, isCostShown: true, isRiskShown: true };
let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads/checkout', () => aDetail());
});

function aSeries(link?: string): DataFrame {
  const frame = createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: [1] },
      { name: 'Value', type: FieldType.number, labels: { workload: 'checkout', kind: 'total' }, values: [7] },
    ],
  });
  const field = frame.fields[1]!;
  if (link !== undefined) {
    field.getLinks = () => [{ href: link, title: 'Runbook', target: '_self', origin: field }];
  }
  return frame;
}

function show(series: readonly DataFrame[], options: Partial<RecommendationPanelOptions> = {}, height = 220) {
  const props = {
    data: { state: LoadingState.Done, series: [...series], timeRange: getDefaultTimeRange() },
    options: { ...OPTIONS, ...options },
    width: 400,
    height,
    replaceVariables: (text: string) => text.replace('$w', 'checkout'),
  } as unknown as PanelProps<RecommendationPanelOptions>;
  return render(<RecommendationPanel {...props} />);
}

it('says what to do with the workload that the data name', async () => {
  show([aSeries()]);
  expect(await screen.findByTestId(testIds.recommendationPanel.panel)).toHaveTextContent(
    'checkout4 → 9replicasWhennowCost an hour$4.00 → $3.50Minutes short42 → 0.5Review'
  );
  expect(screen.getByRole('link', { name: 'Review' })).toHaveAttribute(
    'href',
    expect.stringMatching(/recommendations\/r1$/)
  );
});

it('takes the workload of its options, variables replaced, and shows what they ask for', async () => {
  show([], { workload: '$w', isCostShown: false, isTimeShown: false, isRiskShown: false });
  expect(await screen.findByTestId(testIds.recommendationPanel.panel)).toHaveTextContent(
    /^checkout4 → 9replicasReview$/
  );
});

it('a data link takes the place of the link to the recommendation', async () => {
  show([aSeries('https://runbook.test')]);
  expect(await screen.findByRole('link', { name: 'Runbook' })).toHaveAttribute('href', 'https://runbook.test');
});

it('says what it needs, that nothing is recommended, and that the sidecar is down', async () => {
  const { unmount } = show([]);
  expect(screen.getByTestId(testIds.recommendationPanel.message)).toHaveTextContent('No workload is named');
  unmount();
  backend.on('/workloads/checkout', () => aDetail({ recommendation: null }));
  const none = show([aSeries()]);
  expect(await screen.findByText('Nothing is recommended for checkout')).toBeInTheDocument();
  none.unmount();
  backend.on('/workloads/checkout', () => {
    throw fetchError(502);
  });
  show([aSeries()]);
  expect(await screen.findByText('The sidecar cannot be reached')).toBeInTheDocument();
});

it('the change is the first step that asks for another number, the past left out', () => {
  const plan = {
    name: 'p',
    replicas: [
      { at: NOW - 7200, count: 9 },
      { at: NOW - 60, count: 4 },
      { at: NOW + 3600, count: 6 },
    ],
  };
  expect(adviceOf(aDetail({ recommendation: aRecommendation({ plan }) }))).toMatchObject({
    changesAt: NOW + 3600,
    proposed: 9,
  });
});

it('options of any age are read', () => {
  expect(migrateOptions({ options: { workload: 5, isCostShown: false } })).toEqual({
    workload: '',
    isTimeShown: true,
    isCostShown: false,
    isRiskShown: true,
  });
  expect(migrateOptions({ options: undefined })).toEqual(OPTIONS);
});
