import {
  problem,
  fetchError,
  renderAt,
  standInBackend,
  standInUser,
  type StandInBackend,
} from '../../testing/standIns';
import React from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { ForecastResponse } from '../../../contract/api.ts';
import { aDetail, aForecast, NOW } from '../../testing/fixtures';
import { someModels, someRoles } from '../../testing/learningFixtures';
import { testIds } from '../../testIds';
import WorkloadModels from './WorkloadModels';

const STEP = 300;
let backend: StandInBackend;

/** A series that is measured up to now, at the levels and instants that are asked for. */
function measured({ params }: { params?: Record<string, unknown> }): ForecastResponse {
  const { start, end, levels } = params as { start: number; end: number; levels: string };
  const first = Math.ceil(start / STEP) * STEP;
  const times = Array.from({ length: Math.floor((end - first) / STEP) + 1 }, (_, index) => first + index * STEP);
  const asked = levels.split(',').map(Number);
  return aForecast({
    times,
    levels: asked,
    step: STEP,
    values: asked.map((level) => times.map(() => 100 + 100 * level)),
    mean: times.map(() => 150),
    actual: times.map((time) => (time <= NOW ? 150 : null)),
    capacity: times.map(() => 300),
    shortfallProbability: times.map(() => null),
  });
}

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads/checkout', () => aDetail());
  backend.on('/workloads/checkout/forecast', measured);
  backend.on('/workloads/checkout/scenarios', () => ({
    ...{ now: NOW, workload: 'checkout', at: null, scenarios: [], history: [] },
  }));
  backend.on('/models', () => someModels());
  backend.on('/jobs', () => ({ now: NOW, jobs: [] }));
  backend.on('/forecasts/preview', ({ data }) => {
    const { series, horizon, levels } = data as {
      series: { start: number; values: Array<number | null> };
      horizon: number;
      levels: number[];
    };
    const past = series.values.length;
    const times = Array.from({ length: past + horizon }, (_, index) => series.start + index * STEP);
    const padded = (value: number) => times.map((_, index) => (index < past ? null : value));
    return aForecast({
      times,
      levels,
      model: 'mstl',
      values: levels.map((level) => padded(100 + 100 * level)),
      mean: padded(150),
      actual: times.map((_, index) => series.values[index] ?? null),
      capacity: padded(300),
      shortfallProbability: padded(0),
    });
  });
});

const WEEK = `?from=${(NOW - 7 * 86_400) * 1000}&to=${NOW * 1000}`;

function show(query = WEEK) {
  return renderAt(
    `/models/checkout${query}`,
    <Routes>
      <Route path="/models/:name" element={<WorkloadModels />} />
    </Routes>
  );
}

const posted = (text: string) => backend.requests.filter(({ method, url }) => method === 'POST' && url.includes(text));

describe('the models of a workload', () => {
  it('tells how often each scenario comes, as declared and as its days taught, and nothing where there is none', async () => {
    const at = { now: NOW, workload: 'checkout', at: NOW, history: [] };
    const ahead = { weight: 0.04, shortfallProbability: 0.1 };
    backend.on('/workloads/checkout/scenarios', () => ({
      ...at,
      scenarios: [
        {
          ...{ scenario: 'sale', prior: 0.12, declaredPrior: 0.05, ...ahead },
          priorReason: 'The present followed it on 6 of 40 days that were decided',
        },
      ],
    }));
    const { unmount } = show();
    expect(await screen.findByTestId(testIds.models.priors)).toHaveTextContent(
      /sale4%12%5%The present followed it on 6 of 40 days/
    );
    unmount();
    backend.on('/workloads/checkout/scenarios', () => ({ ...at, scenarios: [] }));
    show();
    await screen.findByTestId(testIds.models.drift);
    expect(screen.queryByTestId(testIds.models.priors)).not.toBeInTheDocument();
  });

  it('tells champion, challenger and last good one with since when, by whom and why', async () => {
    show();
    const roles = await screen.findByTestId(testIds.models.roles);
    expect(roles).toHaveTextContent(/Champion1\.1\.1 \(own tune\).*20d ago.*headroom.*it forecasts better/);
    expect(roles).toHaveTextContent(/Challenger1\.1\.2/);
    expect(roles).toHaveTextContent(/Last good1\.1\.0 \(as shipped\)/);
    expect(within(roles).getByRole('meter')).toHaveAttribute('aria-valuenow', '65');
    expect(screen.getByTestId(testIds.models.history)).toHaveTextContent(/On trial.*Promoted/);
  });

  it('lets nobody change anything without the permission, and says which one is missing', async () => {
    show();
    const promote = await screen.findByTestId(testIds.models.promote('lstm'));
    expect(promote).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(promote);
    expect(await screen.findByText(/needs the role Headroom Administrator/)).toBeInTheDocument();
  });

  it('promotes only after it has said what happens and how it is undone, and was told why', async () => {
    standInUser('Admin');
    backend.on('/promote', () => someRoles());
    show();
    await userEvent.click(await screen.findByTestId(testIds.models.promote('lstm')));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(/1\.1\.2 \(own tune\) is served in place of 1\.1\.1 \(own tune\)/);
    expect(dialog).toHaveTextContent(/Roll back puts it in charge again/);
    await userEvent.click(within(dialog).getByTestId(testIds.models.confirm));
    expect(posted('/promote')).toEqual([]);
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'seen on the page');
    await userEvent.click(within(dialog).getByTestId(testIds.models.confirm));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const [request] = posted('/promote');
    expect(request?.url).toContain('/admin/api/v1/models/lstm/promote');
    expect(request?.data).toEqual({
      workload: 'checkout',
      reason: 'seen on the page',
      origin: 'tuned',
      version: '1.1.2',
    });
  });

  it('keeps the question open where a roll back is refused, and says why', async () => {
    standInUser('Admin');
    backend.on('/rollback', () => {
      throw fetchError(409, problem(409, 'MODEL_ROLE_VACANT', 'No version of lstm is the last good one'));
    });
    show();
    await userEvent.click(await screen.findByTestId(testIds.models.rollBack('lstm')));
    await userEvent.type(await screen.findByLabelText(/Reason/), 'worse since Monday');
    await userEvent.click(screen.getByTestId(testIds.models.confirm));
    expect(await screen.findByText('No version of lstm is the last good one')).toBeInTheDocument();
  });

  it('never shows a model more than was measured before the time that is explored', async () => {
    show();
    await waitFor(() => expect(posted('/forecasts/preview').length).toBeGreaterThan(0));
    for (const { data } of posted('/forecasts/preview')) {
      const { series, horizon } = data as { series: { start: number; values: number[] }; horizon: number };
      const last = series.start + (series.values.length - 1) * STEP;
      expect(last).toBeLessThanOrEqual(NOW - 86_400);
      expect(horizon * STEP).toBeGreaterThanOrEqual(86_400 - STEP);
    }
    const section = await screen.findByTestId(testIds.models.backtest);
    expect((await within(section).findAllByRole('row', { name: /^mstl .*100%/ })).length).toBeGreaterThan(0);
    expect(within(section).getByText(/what was foreseen at .* over what came/)).toBeInTheDocument();
  });

  it('says how often each level held', async () => {
    show();
    const section = await screen.findByTestId(testIds.models.calibration);
    expect(await within(section).findByText(/Furthest from what was said: 50 points/)).toBeInTheDocument();
  });

  it('says that the workload is unknown', async () => {
    backend.on('/workloads/checkout', () => {
      throw fetchError(404, problem(404, 'API_NOT_FOUND', 'There is no workload checkout'));
    });
    show();
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('There is no workload checkout');
  });
});
