import { fetchError, renderAt, standInBackend, type StandInBackend } from '../../testing/standIns';
import React from 'react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aWorkload, NOW } from '../../testing/fixtures';
import { someKpis } from '../../testing/learningFixtures';
import { testIds } from '../../testIds';
import Report from './Report';

const DAY = 86_400;
let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload()] }));
  backend.on('/kpis', ({ params }) => {
    const { by, period, format, start, end } = params ?? {};
    if (format === 'csv') {
      return 'group,start\r\n';
    }
    const figures =
      period !== undefined
        ? [0, 1].map((day) => someKpis({ start: start + day * DAY, end: start + (day + 1) * DAY }))
        : by === undefined
          ? [someKpis()]
          : [
              someKpis({
                group: 'small',
                savings: { ...someKpis().savings, cost: { value: 3, low: null, high: null } },
              }),
              someKpis({ group: 'checkout' }),
            ];
    return { now: NOW, start, end, by: by ?? null, period: period ?? null, figures };
  });
});

describe('Report', () => {
  it('says what was saved with its interval, beside the reactive autoscaler, and whose doing it was', async () => {
    renderAt('/report', <Report />);
    const figures = await screen.findByTestId(testIds.report.figures);
    expect(figures).toHaveTextContent(/acted on 80% of the days of 3 workloads.*cost \$120 less/i);
    expect(figures).toHaveTextContent(/Cost saved\$120\$110 to \$130cost \$480, reactive \$600/);
    expect(figures).toHaveTextContent(/Violations avoided55 min/);
  });

  it('takes no credit for what it only looked on at', async () => {
    backend.on('/kpis', ({ params }) => ({
      ...{ now: NOW, start: params?.start, end: params?.end, by: null, period: null },
      figures: [someKpis({ actedShare: 0 })],
    }));
    renderAt('/report', <Report />);
    expect(await screen.findByTestId(testIds.report.figures)).toHaveTextContent(/only looked on.*not its doing/);
  });

  it('shows no interval where there is none, and never takes what is missing for zero', async () => {
    backend.on('/kpis', ({ params }) => ({
      ...{ now: NOW, start: params?.start, end: params?.end, by: null, period: null },
      figures: [
        someKpis({
          ...{ cost: null, utilization: null, sloAttainment: null },
          savings: { ...someKpis().savings, cost: null, replicaHours: { value: 4, low: null, high: null } },
        }),
      ],
    }));
    renderAt('/report', <Report />);
    const figures = await screen.findByTestId(testIds.report.figures);
    expect(figures).not.toHaveTextContent(/Cost saved/);
    expect(figures).toHaveTextContent(/Replica hours saved4/);
    expect(figures).toHaveTextContent(/Utilisation–/);
    expect(figures).toHaveTextContent(/SLO kept–/);
  });

  it('tells the groups, who saved most first, and draws the days', async () => {
    renderAt('/report?by=account', <Report />);
    const table = await screen.findByTestId(testIds.report.table);
    expect(table).toHaveTextContent(/Account.*checkout\$120 \(\$110 to \$130\).*small\$3\.00/);
    expect(await screen.findByText(/^Cost\. As it was: last \$480/)).toBeInTheDocument();
  });

  it('asks for whole UTC days of the period in the address', async () => {
    renderAt('/report?from=1793577600000&to=1794009600000&workload=checkout', <Report />);
    await screen.findByTestId(testIds.report.figures);
    const [first] = backend.requests.filter(({ url }) => url.includes('/kpis'));
    expect(first?.params).toEqual({ start: 1_793_577_600, end: 1_794_009_600, workload: 'checkout' });
    await userEvent.click(screen.getByLabelText('Last month'));
    await waitFor(() => {
      const { start, end } = backend.requests.filter(({ url }) => url.includes('/kpis')).at(-1)?.params ?? {};
      expect(new Date(start * 1000).getUTCDate()).toBe(1);
      expect(new Date(end * 1000).getUTCDate()).toBe(1);
      expect((end - start) / DAY).toBeGreaterThan(27);
    });
  });

  it('leads to the report of a month to print, and gives the figures as CSV', async () => {
    const made = jest.fn(() => 'blob:x');
    Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => undefined });
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    renderAt('/report', <Report />);
    await screen.findByTestId(testIds.report.figures);
    expect(screen.getByTestId(testIds.report.print)).toHaveAttribute(
      'href',
      expect.stringMatching(/plugin-proxy\/headroom-capacity-app\/sidecar\/api\/v1\/report\?month=\d{4}-\d{2}$/)
    );
    await userEvent.click(screen.getByTestId(testIds.report.csv));
    await waitFor(() => expect(made).toHaveBeenCalled());
    expect(backend.requests.at(-1)?.params).toMatchObject({ format: 'csv', period: 'day', by: 'workload' });
  });

  it('says when no day has a figure, and when nothing can be asked', async () => {
    backend.on('/kpis', () => ({ now: NOW, start: 0, end: DAY, by: null, period: null, figures: [] }));
    const { unmount } = renderAt('/report', <Report />);
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent(/an hour after it is over/);
    unmount();
    backend.on('/kpis', () => {
      throw fetchError(502);
    });
    renderAt('/report', <Report />);
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('cannot be reached');
  });
});
