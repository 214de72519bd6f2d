import '../../testing/standIns';
import React from 'react';
import {
  createDataFrame,
  createTheme,
  FieldType,
  getDefaultTimeRange,
  getDisplayProcessor,
  LoadingState,
  type DataFrame,
  type PanelProps,
} from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { testIds } from '../../testIds';
import { migrateOptions } from './migrateOptions';
import type { ShortfallTimelineOptions } from './options';
import { ShortfallTimelinePanel } from './ShortfallTimelinePanel';
import { timelineRows } from './timelineRows';

const OPTIONS: ShortfallTimelineOptions = {
  rowLabel: 'workload',
  order: 'urgency',
  threshold: 0.1,
  isNowLineShown: true,
  isLinked: true,
};
const START = 1_795_000_000_000;

function aSeries(workload: string, values: ReadonlyArray<number | null>, link?: string): DataFrame {
  const frame = createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: values.map((_, index) => START + index * 60_000) },
      {
        name: 'Value',
        type: FieldType.number,
        labels: { workload, resource: 'any' },
        values: [...values],
        config: { unit: 'percentunit' },
      },
    ],
  });
  const field = frame.fields[1]!;
  field.display = getDisplayProcessor({ field, theme: createTheme() });
  if (link !== undefined) {
    field.getLinks = () => [{ href: link, title: 'Runbook', target: '_blank', origin: field }];
  }
  return frame;
}

const FUTURE = { v7_startTransition: true, v7_relativeSplatPath: true } as const;

function show(series: readonly DataFrame[], options: Partial<ShortfallTimelineOptions> = {}) {
  const props = {
    id: 1,
    title: 'Fleet',
    data: { state: LoadingState.Done, series: [...series], timeRange: getDefaultTimeRange() },
    options: { ...OPTIONS, ...options },
    width: 800,
    height: 300,
    timeRange: getDefaultTimeRange(),
    timeZone: 'utc',
    onChangeTimeRange: () => undefined,
  } as unknown as PanelProps<ShortfallTimelineOptions>;
  return render(
    <MemoryRouter future={FUTURE}>
      <ShortfallTimelinePanel {...props} />
    </MemoryRouter>
  );
}

describe('timelineRows', () => {
  const frames = [
    aSeries('b', [0, 0.05, 0.4]),
    aSeries('a', [0, 0.2, 0.1]),
    aSeries('c', [null, null, null]),
    aSeries('a', [0.01, null, 0.9]),
  ];

  it('of several series the highest counts, and the one that runs short first is on top', () => {
    const { rows } = timelineRows(frames, OPTIONS, START)!;
    expect(rows.map(({ name, values, shortAtMs }) => [name, values, shortAtMs])).toEqual([
      ['a', [0.01, 0.2, 0.9], START + 60_000],
      ['b', [0, 0.05, 0.4], START + 120_000],
      ['c', [null, null, null], null],
    ]);
    expect(rows[2]?.peak).toBeNull();
  });

  it('urgency counts from now on; by name it does not count', () => {
    const names = (order: 'urgency' | 'name', from: number) =>
      timelineRows(frames, { ...OPTIONS, order }, from)?.rows.map(({ name }) => name);
    expect(names('name', START)).toEqual(['a', 'b', 'c']);
    expect(timelineRows(frames, OPTIONS, START + 90_000)?.rows[0]?.shortAtMs).toBe(START + 120_000);
  });

  it('is nothing without time or numbers', () => {
    expect(timelineRows([], OPTIONS, 0)).toBeNull();
    expect(
      timelineRows([createDataFrame({ fields: [{ name: 'x', type: FieldType.string, values: ['y'] }] })], OPTIONS, 0)
    ).toBeNull();
  });
});

describe('ShortfallTimelinePanel', () => {
  it('is a figure that says who runs short when, with links to the workloads', () => {
    show([aSeries('search', [0, 0.5]), aSeries('etl', [0, 0])]);
    const figure = screen.getByRole('figure', { name: 'Fleet: 0 of 2 reach 10%' });
    expect(within(figure).getByRole('row', { name: /^search 50%/ })).toBeInTheDocument();
    expect(within(figure).getByRole('link', { name: 'search' })).toHaveAttribute(
      'href',
      '/a/headroom-capacity-app/workload/search'
    );
  });

  it('a data link takes the place of the link to Headroom, and none is drawn where none is wanted', () => {
    show([aSeries('search', [0.5], 'https://runbook.test/search'), aSeries('etl', [0])], { isLinked: false });
    expect(screen.getByRole('link')).toHaveAttribute('href', 'https://runbook.test/search');
  });

  it('says what it needs where there is nothing', () => {
    show([]);
    expect(screen.getByTestId(testIds.shortfallTimeline.message)).toHaveTextContent('headroom_shortfall_probability');
  });
});

it.each([
  [undefined, OPTIONS],
  [{ rowLabel: ' ', order: 'size', threshold: 7 }, OPTIONS],
  [
    { rowLabel: 'team', order: 'name', threshold: 0.5 },
    { rowLabel: 'team', order: 'name', threshold: 0.5 },
  ],
])('options saved as %j are read', (saved, expected) => {
  const { rowLabel, order, threshold } = migrateOptions({ options: saved });
  expect(expected).toMatchObject({ rowLabel, order, threshold });
});
