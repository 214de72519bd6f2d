import { fetchError, renderAt, standInBackend, type StandInBackend } from '../../testing/standIns';
import React from 'react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aWorkload, NOW } from '../../testing/fixtures';
import { aTraining, someModels } from '../../testing/learningFixtures';
import { testIds } from '../../testIds';
import Models from './Models';

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload({ name: 'blog' }), aWorkload()] }));
  backend.on('/models', () => someModels());
  backend.on('/jobs', () => ({ now: NOW, jobs: [aTraining()] }));
  backend.on('/prometheus/api/v1/query', () => ({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: { model: 'lstm', lead: '1h' }, value: [NOW, '0.72'] }] },
  }));
});

describe('Models', () => {
  it('puts what drifts first, and says who is in charge and on trial', async () => {
    renderAt('/models?from=now-3d&to=now', <Models />);
    const table = await screen.findByTestId(testIds.models.fleet);
    const [, first] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/checkout.*lstm 1\.1\.1 \(own tune\).*e-value for better 7\.0.*Another level/);
    expect(within(table).getByRole('link', { name: 'checkout' })).toHaveAttribute(
      'href',
      expect.stringContaining('/models/checkout?from=now-3d&to=now')
    );
  });

  it('shows the leaderboard of the fleet, what ships, and how far a training is', async () => {
    renderAt('/models', <Models />);
    expect(await screen.findByTestId(testIds.models.skill)).toBeInTheDocument();
    expect(await screen.findByText('72%')).toBeInTheDocument();
    expect(screen.getByTestId(testIds.models.shelf)).toHaveTextContent(/lstm 1\.1\.0.*clouds/);
    expect(await screen.findByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
    expect(screen.getByTestId(testIds.models.runs)).toHaveTextContent(/about 2min left/);
  });

  it('finds a workload by a part of its name', async () => {
    renderAt('/models', <Models />);
    await screen.findByTestId(testIds.models.fleet);
    await userEvent.type(screen.getByPlaceholderText('Search workloads'), 'nothing');
    expect(screen.getByText('No workload matches.')).toBeInTheDocument();
  });

  it('says when there is no workload, and when nothing can be asked', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [] }));
    const { unmount } = renderAt('/models', <Models />);
    expect(await screen.findByTestId(testIds.states.empty)).toBeInTheDocument();
    unmount();
    backend.on('/models', () => {
      throw fetchError(502);
    });
    renderAt('/models', <Models />);
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('cannot be reached');
  });
});
