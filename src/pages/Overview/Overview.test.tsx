import React from 'react';
import { cleanup, act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fetchError, renderAt, standInBackend, type StandInBackend, standInUser } from '../../testing/standIns';
import { aDecision } from '../../testing/actingFixtures';
import { aSparkline, aWorkload, NOW } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import Overview from './Overview';

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/sparklines', ({ params }) => {
    const names = (params as { workloads: string }).workloads.split(',');
    return {
      now: NOW,
      sparklines: Object.fromEntries(names.map((name) => [name, name === 'blind' ? null : aSparkline()])),
    };
  });
});

function renderPage(path = '/a/headroom-capacity-app/overview', isAdmin = false) {
  return renderAt(path, <Overview />, { isAdmin });
}

const calm = aWorkload({
  name: 'calm',
  account: { name: 'globex', tier: 'silver', industry: 'media', region: 'us-east-1' },
  firstShortfallAt: null,
  shortfallProbability: { '1h': 0, '6h': 0, '24h': 0.0004 },
  replicas: { current: 3, recommended: 3 },
  costHourly: { current: null, proposed: null, currency: 'USD' },
});
const urgent = aWorkload({ name: 'urgent', firstShortfallAt: NOW + 1200 });
const blind = aWorkload({
  name: 'blind',
  firstShortfallAt: null,
  shortfallProbability: null,
  health: { state: 'failing', problem: 'prom: connection refused', lastSuccessAt: null },
});

describe('Overview', () => {
  it('says that it is loading', async () => {
    backend.on('/workloads', () => new Promise(() => undefined));
    renderPage();
    expect(await screen.findByTestId(testIds.states.loading)).toHaveAccessibleName('Loading the fleet');
  });

  it('lists the fleet with the soonest shortfall first and what nothing is known of last', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [blind, calm, aWorkload(), urgent] }));
    renderPage();
    const table = await screen.findByTestId(testIds.overview.table);
    const names = within(table)
      .getAllByRole('link')
      .map((link) => link.textContent)
      .filter((text) => text !== 'Review');
    expect(names).toEqual(['urgent', 'checkout', 'calm', 'blind']);
    const [, first, , third, last] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('in 20min');
    expect(third).toHaveTextContent('None in sight');
    expect(third).toHaveTextContent('<0.1%');
    expect(last).toHaveTextContent('Unknown');
    expect(await within(last!).findByText('No forecast yet')).toBeInTheDocument();
    expect(within(last!).getByLabelText('Failing: prom: connection refused')).toBeInTheDocument();
  });

  it('tells listeners what a sparkline shows', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload()] }));
    renderPage();
    expect(
      await screen.findByRole('img', { name: 'requests: 120 req/s now, forecast up to 180 req/s, capacity 200 req/s' })
    ).toBeInTheDocument();
  });

  it('asks for the sparklines of the lines that are shown, and says where they cannot be had', async () => {
    const many = Array.from({ length: 30 }, (_, index) => aWorkload({ name: `w${String(index)}` }));
    backend.on('/workloads', () => ({ now: NOW, workloads: many }));
    backend.on('/sparklines', () => {
      throw fetchError(502);
    });
    renderPage();
    await waitFor(() => expect(screen.getAllByText('Not loaded')).toHaveLength(25));
    const asked = backend.requests.filter(({ url }) => url.includes('/sparklines'));
    expect(asked.flatMap(({ params }) => (params as { workloads: string }).workloads.split(','))).toHaveLength(25);
  });

  it('sums up the fleet: how many run short, what is broken, what can be saved', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [blind, calm, aWorkload(), urgent] }));
    renderPage();
    const facts = await screen.findByTestId(testIds.overview.summary);
    expect(facts).toHaveTextContent('Short within 1h1');
    expect(facts).toHaveTextContent('Short within 6h2');
    expect(facts).toHaveTextContent('Stale or failing1');
    expect(facts).toHaveTextContent('Recommendations save, per hour$1.50');
  });

  it('narrows the fleet by search and by account, and keeps both in the address', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [calm, aWorkload()] }));
    renderPage('/a/headroom-capacity-app/overview?account=globex');
    expect(await screen.findByText('1 of 2 workloads')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'calm' })).toBeInTheDocument();
    await userEvent.type(screen.getByPlaceholderText('Search workloads'), 'nothing like it');
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent('No workload matches');
  });

  it('keeps the time range in links to workloads', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload()] }));
    renderPage('/a/headroom-capacity-app/overview?from=now-6h&to=now%2B6h');
    expect(await screen.findByRole('link', { name: 'checkout' })).toHaveAttribute(
      'href',
      '/a/headroom-capacity-app/workload/checkout?from=now-6h&to=now%2B6h'
    );
  });

  it('shows twenty-five of a thousand workloads and leads to the rest', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => aWorkload({ name: `w${index}` }));
    backend.on('/workloads', () => ({ now: NOW, workloads: many }));
    renderPage();
    const table = await screen.findByTestId(testIds.overview.table);
    expect(within(table).getAllByRole('row')).toHaveLength(26);
    expect(within(table).getByRole('button', { name: '40' })).toBeInTheDocument();
  });

  it('leads to the recommendation of what would change something', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [calm, aWorkload()] }));
    renderPage();
    expect(await screen.findByTestId(testIds.overview.review('checkout'))).toHaveAttribute(
      'href',
      '/a/headroom-capacity-app/recommendations/r1'
    );
    expect(screen.queryByTestId(testIds.overview.review('calm'))).not.toBeInTheDocument();
  });

  it('says what is another than yesterday', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload()] }));
    backend.on('/prometheus/api/v1/query', () => ({
      status: 'success',
      data: { resultType: 'vector', result: [{ metric: { workload: 'checkout' }, value: [NOW, '0.1'] }] },
    }));
    backend.on('/decisions', () => ({ now: NOW, decisions: [aDecision()], next: null }));
    renderPage();
    const changes = await screen.findByTestId(testIds.overview.changes);
    expect(await within(changes).findByText('1 floor changed')).toBeInTheDocument();
    expect(await within(changes).findByText('likelier to run short: 1')).toBeInTheDocument();
  });

  it('leads from an empty fleet to a first workload, or says which role that needs', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [] }));
    renderPage();
    const empty = await screen.findByTestId(testIds.states.empty);
    expect(empty).toHaveTextContent('No workload is watched yet');
    expect(empty).toHaveTextContent('Headroom Administrator');
    expect(screen.queryByTestId(testIds.setup.add)).not.toBeInTheDocument();
    cleanup();
    standInUser('Admin');
    renderAt('/overview', <Overview />);
    expect(await screen.findByTestId(testIds.setup.add)).toHaveAttribute('href', '/a/headroom-capacity-app/setup');
  });

  it('names the permission that is missing', async () => {
    backend.on('/workloads', () => {
      throw fetchError(403, { message: 'plugin proxy route access denied' });
    });
    renderPage();
    const notice = await screen.findByTestId(testIds.states.failure);
    expect(notice).toHaveTextContent('You do not have permission to see this');
    expect(notice).toHaveTextContent('headroom-capacity-app.forecasts:read');
  });

  it('says that the sidecar cannot be reached, and shows administrators where to mend it', async () => {
    backend.on('/workloads', () => {
      throw fetchError(502);
    });
    renderPage(undefined, true);
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('The sidecar cannot be reached');
    expect(screen.getByRole('link', { name: /open configuration/i })).toHaveAttribute(
      'href',
      '/plugins/headroom-capacity-app?page=configuration'
    );
  });

  it('tries again', async () => {
    let isDown = true;
    backend.on('/workloads', () => {
      if (isDown) {
        throw fetchError(502);
      }
      return { now: NOW, workloads: [aWorkload()] };
    });
    renderPage();
    await screen.findByTestId(testIds.states.failure);
    isDown = false;
    await userEvent.click(screen.getByRole('button', { name: /try again/i }));
    expect(await screen.findByRole('link', { name: 'checkout' })).toBeInTheDocument();
  });

  it('keeps what it knew when the sidecar goes away, and says since when', async () => {
    let isDown = false;
    backend.on('/workloads', () => {
      if (isDown) {
        throw fetchError(502);
      }
      return { now: NOW, workloads: [aWorkload()] };
    });
    renderPage();
    await screen.findByRole('link', { name: 'checkout' });
    isDown = true;
    await act(async () => {
      screen.getByRole('button', { name: 'Refresh' }).click();
      await Promise.resolve();
    });
    expect(await screen.findByTestId(testIds.states.stale)).toHaveTextContent(/This is what was known .* ago/);
    expect(screen.getByRole('link', { name: 'checkout' })).toBeInTheDocument();
  });
});
