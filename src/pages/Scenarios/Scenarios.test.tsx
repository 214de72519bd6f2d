import {
  fetchError,
  problem,
  renderAt,
  standInBackend,
  standInUser,
  type StandInBackend,
} from '../../testing/standIns';
import React from 'react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import type { SimulationRequest } from '../../../contract/simulation.ts';
import { aDetail, aForecast, aRecommendation, aWorkload, NOW } from '../../testing/fixtures';
import { aKeptScenario, aReport } from '../../testing/simulationFixtures';
import { testIds } from '../../testIds';
import Scenarios from './Scenarios';

/** The page draws four charts. */
jest.setTimeout(120_000);

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload()] }));
  backend.on('/workloads/checkout', () => aDetail());
  backend.on('/checkout/scenarios', () => ({ now: NOW, workload: 'checkout', at: null, scenarios: [], history: [] }));
  backend.on('/checkout/forecast', () => aForecast());
  backend.on('v1/scenarios', () => ({
    now: NOW,
    scenarios: [aKeptScenario(), aKeptScenario({ name: 'ours', origin: 'stored', version: 3 })],
  }));
  backend.on('v1/simulations', ({ data }) => aReport(data as SimulationRequest));
});

function Address() {
  return <output data-testid="address">{decodeURIComponent(useLocation().search)}</output>;
}

function open(query = '') {
  return renderAt(
    `/scenarios${query}`,
    <>
      <Scenarios />
      <Address />
    </>
  );
}

function simulations(): SimulationRequest[] {
  return backend.requests
    .filter(({ url }) => url.endsWith('/simulations'))
    .map(({ data }) => data as SimulationRequest);
}

const figures = () => screen.findByTestId(testIds.scenarios.figures);

describe('Scenarios', () => {
  it('simulates the first scenario: the slider’s answer first, then the full one with its frontier', async () => {
    open('?s=flash-sale');
    expect(await figures()).toHaveTextContent(/Shortfall within 24h40%without it 20%/);
    const frontier = await screen.findByTestId(testIds.scenarios.frontier);
    expect(await within(frontier).findByRole('slider', { name: 'Chosen plan' })).toHaveAttribute(
      'aria-valuetext',
      '7 to 9 replicas, $15.00, risk 0.9%'
    );
    expect(
      simulations()
        .map(({ detail }) => detail)
        .slice(0, 2)
    ).toEqual(['slider', 'full']);
    expect(simulations().every(({ paths }) => paths === 2000)).toBe(true);
    expect(backend.requests.find(({ url }) => url.endsWith('/simulations'))).toMatchObject({
      url: '/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/simulations',
      params: { workload: 'checkout' },
    });
    expect(screen.getByTestId(testIds.scenarios.panel('flash-sale'))).toHaveTextContent('Probability of a shortfall');
  });

  it('a strength is moved by its number, and the address keeps it once it is let go', async () => {
    open('?s=flash-sale');
    await figures();
    const strength = screen.getByRole('textbox', { name: /Times what is forecast/ });
    fireEvent.change(strength, { target: { value: '3' } });
    expect(simulations().some(({ scenarios }) => JSON.stringify(scenarios).includes('"factor":3'))).toBe(true);
    fireEvent.blur(strength);
    expect(screen.getByTestId('address')).toHaveTextContent('"factor":3');
    await waitFor(async () => expect(await figures()).toHaveTextContent(/within 24h60%/));
    expect(screen.getByText('Not saved')).toBeInTheDocument();
  });

  it('compares up to four side by side, each with its chart and column', async () => {
    open('?s=flash-sale');
    await figures();
    const add = screen.getByTestId(testIds.scenarios.addScenario);
    for (let count = 2; count <= 4; count++) {
      await userEvent.click(add);
    }
    expect(screen.getByTestId(testIds.scenarios.addScenario)).toHaveAttribute('aria-disabled', 'true');
    expect(within(screen.getByTestId(testIds.scenarios.tabs)).getAllByRole('tab')).toHaveLength(4);
    expect(
      within(screen.getByTestId(testIds.scenarios.compare))
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent)
    ).toEqual(['Without', 'flash-sale', 'flash-sale-2', 'flash-sale-2-2', 'flash-sale-2-2-2']);
    await userEvent.click(screen.getByRole('button', { name: /out of the comparison/ }));
    expect(within(screen.getByTestId(testIds.scenarios.tabs)).getAllByRole('tab')).toHaveLength(3);
  });

  it('the point of the frontier moves by arrow keys, and becomes a proposal', async () => {
    standInUser('Editor');
    backend.on('/checkout/recommendations', () => aRecommendation({ id: 'r9' }));
    open('?s=flash-sale');
    const handle = await screen.findByRole('slider', { name: 'Chosen plan' });
    fireEvent.keyDown(handle, { key: 'ArrowRight' });
    expect(screen.getByTestId('address')).toHaveTextContent('plan=scheduled-floor/risk-0.001');
    await userEvent.click(await screen.findByRole('button', { name: 'Propose this plan' }));
    expect(await screen.findByText(/^Proposed/)).toBeInTheDocument();
    expect(backend.requests.find(({ url }) => url.endsWith('/recommendations'))).toMatchObject({
      url: expect.stringContaining('/propose/api/v1/workloads/checkout/recommendations'),
      data: {
        plan: {
          name: 'flash-sale-risk-0.001',
          replicas: [
            { at: '0s', count: 9 },
            { at: '2h', count: 11 },
          ],
        },
      },
    });
    expect(screen.getByRole('link', { name: /recommendations/ })).toHaveAttribute(
      'href',
      expect.stringContaining('r9')
    );
  });

  it('who may not propose sees why, and nothing to save', async () => {
    open('?s=ours');
    await figures();
    expect(
      await screen.findByText(/you need the permission headroom-capacity-app.recommendations:propose/)
    ).toBeInTheDocument();
    expect(screen.queryByTestId(testIds.scenarios.keep)).toBeNull();
  });

  it('a stored scenario is deleted after a question, and comes back by undo', async () => {
    standInUser('Editor');
    backend.on('scenarios/ours', ({ method }) =>
      method === 'DELETE'
        ? { deleted: 'ours' }
        : { ...aKeptScenario({ name: 'ours', origin: 'stored', version: 4 }), versions: [] }
    );
    open('?s=ours');
    await figures();
    await userEvent.click(within(screen.getByTestId(testIds.scenarios.keep)).getByRole('button', { name: 'Delete' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('ours is deleted')).toBeInTheDocument();
    expect(backend.requests.find(({ method }) => method === 'DELETE')).toMatchObject({
      headers: { 'If-Match': '"3"' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(backend.requests.find(({ method }) => method === 'PUT')).toMatchObject({
        headers: { 'If-None-Match': '*' },
      })
    );
  });

  it('what ships is not overwritten: under another name it is saved', async () => {
    standInUser('Editor');
    backend.on('scenarios/mine', () => ({ ...aKeptScenario({ name: 'mine', origin: 'stored' }), versions: [] }));
    open('?s=flash-sale');
    await figures();
    const name = screen.getByTestId(testIds.scenarios.name);
    fireEvent.change(name, { target: { value: 'mine' } });
    fireEvent.blur(name);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(backend.requests.find(({ method }) => method === 'PUT')?.data).toMatchObject({ name: 'mine' })
    );
  });

  it('a name that is none is said to be none, and stands in no address', async () => {
    open('?s=flash-sale');
    await figures();
    const name = screen.getByTestId(testIds.scenarios.name);
    fireEvent.change(name, { target: { value: 'Not a name' } });
    fireEvent.blur(name);
    expect(screen.getByText(/A name has 1 to 63/)).toBeInTheDocument();
    expect(screen.getByTestId('address')).not.toHaveTextContent('Not a name');
  });

  it('tells which parts of a link cannot be shown', async () => {
    open('?s=no-such&s={oops');
    expect(await screen.findByText('Part of the link cannot be shown')).toBeInTheDocument();
    expect(screen.getByText('no-such, {oops')).toBeInTheDocument();
  });

  it('latency is simulated with a service time that is assumed', async () => {
    const slo = { latencySeconds: 0.25, objective: 0.99 };
    backend.on('/workloads/checkout', () => ({ ...aDetail(), definition: { name: 'checkout', slo } }));
    open('?s=flash-sale');
    expect(await figures()).toHaveTextContent('Latency p99–not declared');
    const input = screen.getByRole('spinbutton', { name: /Mean service time/ });
    fireEvent.change(input, { target: { value: '40' } });
    fireEvent.blur(input);
    await waitFor(async () => expect(await figures()).toHaveTextContent('Latency p99400.00 ms'));
    expect(simulations().at(-1)?.service).toMatchObject({ perReplica: 50, slo: { serviceSeconds: 0.04 } });
  });

  it.each([
    ['down', fetchError(502), 'The sidecar cannot be reached'],
    ['403', fetchError(403, { message: 'plugin route access denied' }), 'headroom-capacity-app.forecasts:read'],
    [
      'a fault in the scenario',
      fetchError(400, problem(400, 'SCENARIO_INVALID', 'interventions[0].start: too late')),
      'too late',
    ],
  ])('a simulation that fails (%s) says why, and is asked again', async (_name, thrown, text) => {
    let isDown = true;
    backend.on('v1/simulations', ({ data }) => {
      if (isDown) {
        throw thrown;
      }
      return aReport(data as SimulationRequest);
    });
    open('?s=flash-sale');
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent(text);
    isDown = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await figures()).toHaveTextContent('40%');
  });

  it('an empty fleet says so; a sidecar that is down, too', async () => {
    backend.on('/workloads', () => ({ now: NOW, workloads: [] }));
    const { unmount } = open();
    expect(await screen.findByText('There is no workload to simulate yet')).toBeInTheDocument();
    unmount();
    backend.on('/workloads', () => {
      throw fetchError(502);
    });
    open();
    expect(await screen.findByTestId(testIds.states.failure)).toBeInTheDocument();
  });
});
