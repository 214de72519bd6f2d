import {
  problem,
  fetchError,
  renderAt,
  standInBackend,
  standInUser,
  type StandInBackend,
} from '../../testing/standIns';
import React from 'react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { ExperimentPower } from '../../../contract/experiments.ts';
import { aDetail, aWorkload, NOW } from '../../testing/fixtures';
import { anExperiment, someModels, someRoles } from '../../testing/learningFixtures';
import { PLUGIN_BASE_URL } from '../../routes';
import { testIds } from '../../testIds';
import Experiment from './Experiment';
import Experiments from './Experiments';
import NewExperiment from './NewExperiment';

const SCALING = {
  isModeLocked: false,
  hasTarget: true,
  paused: { out: false, in: false, reason: '' },
  isFloorHeld: true,
  floor: 4,
  problem: null,
  lastAction: null,
};

const POWER: ExperimentPower = {
  outcome: 'cost',
  unit: 'USD/h',
  windowSeconds: 7200,
  burnInSeconds: 360,
  periodSeconds: 86_400,
  blocks: 7,
  power: 0.8,
  errorRate: 0.05,
  mean: 4,
  deviation: 0.5,
  autocorrelation: 0.3,
  points: [
    { days: 8, minimumEffect: 0.8, relative: 0.2 },
    { days: 14, minimumEffect: 0.6, relative: 0.15 },
    { days: 28, minimumEffect: 0.4, relative: 0.1 },
  ],
  words: ['A test of 14 days finds a difference of 0.6 USD/h four times in five.'],
};

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads', () => ({
    now: NOW,
    workloads: [aWorkload({ name: 'blog' }), aWorkload({ mode: 'auto', scaling: SCALING })],
  }));
  backend.on('/workloads/', () => aDetail());
  backend.on('/experiments', () => ({ now: NOW, experiments: [anExperiment()] }));
  backend.on('/experiments/e1', () => anExperiment());
  backend.on('/experiments/plan', () => POWER);
  backend.on('/models', () => someModels());
});

function show(path: string) {
  return renderAt(
    path,
    <Routes>
      <Route path="/experiments" element={<Experiments />} />
      <Route path="/experiments/new" element={<NewExperiment />} />
      <Route path="/experiments/:id" element={<Experiment />} />
      <Route path={`${PLUGIN_BASE_URL}/experiments/:id`} element={<Experiment />} />
    </Routes>
  );
}

const posted = (end: string) => backend.requests.filter(({ method, url }) => method === 'POST' && url.endsWith(end));

describe('Experiments', () => {
  it('lists tests with their verdict, and leads to one', async () => {
    show('/experiments');
    const table = await screen.findByTestId(testIds.experiments.table);
    expect(table).toHaveTextContent(/checkoutRunsa risk of 1% \/ a risk of 5%Cost-0\.4 USD\/h.*has a lower cost/);
    expect(within(table).getByRole('link')).toHaveAttribute('href', expect.stringContaining('/experiments/e1'));
  });

  it('says what a test is where there is none yet', async () => {
    backend.on('/experiments', () => ({ now: NOW, experiments: [] }));
    show('/experiments');
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent(/Nothing was tested yet/);
  });

  it('shows before the start what would be found, how long it needs and when which windows are', async () => {
    show('/experiments/new');
    const power = await screen.findByTestId(testIds.experiments.power);
    expect(await within(power).findByText('14 days')).toBeInTheDocument();
    expect(power).toHaveTextContent(/14 days0\.6 USD\/h15%/);
    expect(within(power).getByText(/Planned windows: 168 windows of 2h/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(/Smallest difference/), '10');
    await userEvent.click(await within(power).findByRole('button', { name: 'Use 28 days' }));
    await waitFor(() => expect(posted('/plan').at(-1)?.data).toMatchObject({ workload: 'checkout', days: 28 }));
  });

  it('promises nothing where the past did not vary', async () => {
    const points = POWER.points.map(({ days }) => ({ days, minimumEffect: 0, relative: 0 }));
    backend.on('/experiments/plan', () => ({ ...POWER, deviation: 4e-16, points, words: ['It did not vary.'] }));
    show('/experiments/new');
    const power = await screen.findByTestId(testIds.experiments.power);
    expect(await within(power).findByText(/past does not tell what this test would find/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(/Smallest difference/), '10');
    expect(power).toHaveTextContent('It did not vary.');
    expect(power).not.toHaveTextContent(/four times in five|has to last|too small/);
  });

  it('starts what was designed, after it has said what happens', async () => {
    standInUser('Admin');
    backend.on('/experiments', ({ method }) =>
      method === 'POST' ? anExperiment() : { now: NOW, experiments: [anExperiment()] }
    );
    backend.on('/experiments/plan', () => POWER);
    backend.on('/experiments/e1', () => anExperiment());
    show('/experiments/new');
    await screen.findByText(/14 days finds a difference/);
    await userEvent.click(screen.getByTestId(testIds.experiments.start));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(/alternates between what is declared \(a\) and b: a risk of 5%/);
    expect(dialog).toHaveTextContent(/can be stopped at any time/);
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'cheaper?');
    await userEvent.click(within(dialog).getByTestId(testIds.experiments.confirm));
    expect(await screen.findByTestId(testIds.experiments.one)).toBeInTheDocument();
    const [request] = posted('/scale/api/v1/experiments');
    expect(request?.data).toMatchObject({
      workload: 'checkout',
      b: { risk: 0.05 },
      guard: { violationShare: 0.1 },
      days: 14,
      reason: 'cheaper?',
    });
  });

  it('tries a policy or a challenger, tells the plan of it, and shows what ran', async () => {
    standInUser('Admin');
    backend.on('/models', () => someModels());
    backend.on('/experiments', ({ method }) =>
      method === 'POST' ? anExperiment() : { now: NOW, experiments: [anExperiment()] }
    );
    backend.on('/experiments/plan', () => POWER);
    backend.on('/experiments/e1', () =>
      anExperiment({
        arms: {
          a: { model: 'lstm', origin: 'shipped', version: '1.1.0' },
          b: { model: 'lstm', origin: 'tuned', version: '1.1.2' },
        },
      })
    );
    show('/experiments/new');
    await screen.findByText(/14 days finds a difference/);
    await userEvent.click(screen.getByRole('radio', { name: 'Policy' }));
    await waitFor(() => expect(posted('/plan').at(-1)?.data).toMatchObject({ b: { policy: 'hpa' } }));
    await userEvent.click(screen.getByRole('radio', { name: 'Model' }));
    await waitFor(() => expect(posted('/plan').at(-1)?.data).toMatchObject({ b: { model: 'lstm' } }));
    await waitFor(() =>
      expect(screen.getByTestId(testIds.experiments.start)).not.toHaveAttribute('aria-disabled', 'true')
    );
    await userEvent.click(screen.getByTestId(testIds.experiments.start));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(/and b: the challenger of lstm/);
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'is it worth it?');
    await userEvent.click(within(dialog).getByTestId(testIds.experiments.confirm));
    const one = await screen.findByTestId(testIds.experiments.one);
    await waitFor(() => expect(one).toHaveTextContent(/lstm 1\.1\.0, shipped.*lstm 1\.1\.2, tuned/));
    expect(posted('/scale/api/v1/experiments')[0]?.data).toMatchObject({ b: { model: 'lstm' } });
  });

  it('offers no test of a model where none has a challenger', async () => {
    standInUser('Admin');
    backend.on('/models', () => someModels({ roles: [someRoles({ challenger: null })] }));
    show('/experiments/new');
    await screen.findByText(/14 days finds a difference/);
    await userEvent.click(screen.getByRole('radio', { name: 'Model' }));
    expect(await screen.findByText(/No model of this workload has a challenger/)).toBeInTheDocument();
    expect(screen.getByTestId(testIds.experiments.start)).toHaveAttribute('aria-disabled', 'true');
  });

  it('does not start what changes nothing or is refused, and says why', async () => {
    standInUser('Admin');
    backend.on('/experiments/plan', () => {
      throw fetchError(422, problem(422, 'EXPERIMENT_INVALID', 'windows must fill a day without a rest'));
    });
    show('/experiments/new?workload=blog');
    expect(await screen.findByText(/It has no target/)).toBeInTheDocument();
    expect(await screen.findByText('windows must fill a day without a rest')).toBeInTheDocument();
    expect(screen.getByTestId(testIds.experiments.start)).toHaveAttribute('aria-disabled', 'true');
    fireEvent.click(screen.getByTestId(testIds.experiments.start));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('tells the verdict in words, the interval look by look, each window and the carry-over', async () => {
    show('/experiments/e1');
    expect(await screen.findByTestId(testIds.experiments.verdict)).toHaveTextContent(/b less a is -0\.4 USD\/h/);
    const interval = screen.getByTestId(testIds.experiments.interval);
    expect(interval).toHaveTextContent(/-0\.4 USD\/h \(-1\.2 USD\/h to 0\.4 USD\/h\)/);
    expect(interval).toHaveTextContent(/-0\.4 USD\/h \(-0\.7 USD\/h to -0\.1 USD\/h\)/);
    const schedule = screen.getByTestId(testIds.experiments.schedule);
    expect(schedule).toHaveTextContent(/96 windows of 2h, 46 counted, 1 not counted/);
    expect(screen.getByText(/windows begin alike after a switch/)).toBeInTheDocument();
  });

  it('warns where the arm before still shows', async () => {
    backend.on('/experiments/e1', () =>
      anExperiment({ carryOver: { effect: 0.3, pValue: 0.001, isSuspected: true }, looks: [], lower: null })
    );
    show('/experiments/e1');
    expect(await screen.findByText(/A longer burn-in is needed/)).toBeInTheDocument();
    expect(screen.getByText(/The first look comes/)).toBeInTheDocument();
  });

  it('is stopped by whoever may propose, for a reason', async () => {
    standInUser('Editor');
    backend.on('/experiments/e1/stop', () => anExperiment({ state: 'stopped', endedAt: NOW, present: null }));
    show('/experiments/e1');
    await userEvent.click(await screen.findByTestId(testIds.experiments.stop));
    await userEvent.type(await screen.findByLabelText(/Reason/), 'a sale');
    await userEvent.click(screen.getByTestId(testIds.experiments.confirm));
    await waitFor(() => expect(posted('/stop')[0]?.data).toEqual({ reason: 'a sale' }));
    expect(posted('/stop')[0]?.url).toContain('/propose/');
  });

  it('offers no stop for what is over', async () => {
    backend.on('/experiments/e1', () => anExperiment({ state: 'done', endedAt: NOW, present: null }));
    show('/experiments/e1');
    await screen.findByTestId(testIds.experiments.verdict);
    expect(screen.queryByTestId(testIds.experiments.stop)).not.toBeInTheDocument();
  });
});
