import { fetchError, problem, renderAt, standInBackend, standInUser, type StandInBackend } from '../testing/standIns';
import React from 'react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDecision, requestsOf } from '../testing/actingFixtures';
import { testIds } from '../testIds';
import { RequestsSection } from './RequestsSection';

let backend: StandInBackend;
let requests: ReturnType<typeof requestsOf>;
const { acting } = testIds;
const REPLICA = 'checkout-abc-1: spec.containers[0].resources.requests.cpu';

beforeEach(() => {
  requests = requestsOf();
  backend = standInBackend();
  backend.on('/checkout/requests', () => requests);
  backend.on('/requests/preview', () => ({
    target: requests.target,
    set: { cpu: 3.2 },
    differences: [{ path: REPLICA, before: '4', after: '3200m' }],
    dryRun: { kind: 'accepted', message: '' },
    warnings: [],
  }));
});

const show = () => renderAt('/', <RequestsSection workload="checkout" onChanged={() => undefined} />);
const sent = (text: string) => backend.requests.filter(({ url }) => url.includes(text));
const open = async () => {
  await userEvent.click(await screen.findByTestId(acting.openRequests));
  return screen.findByTestId(acting.requestsDrawer);
};
const done = (what: string) => ({ decision: aDecision({ what, before: { cpu: 4 }, after: { cpu: 3.2 } }) });

describe('requests of a workload', () => {
  it('are shown beside what is advised, changed exactly as shown, once, and given back', async () => {
    standInUser('Admin');
    show();
    const drawer = await open();
    expect(screen.getByTestId(acting.requests)).toHaveTextContent(
      /CPU4.00 cores3.20 coresfits from 2.20 cores to 3.70 cores/
    );
    expect(screen.getByTestId(acting.requests)).toHaveTextContent(/Memory4 GiB5 GiB/);
    expect(await within(drawer).findByTestId(acting.change)).toHaveTextContent(`${REPLICA}43200m`);
    expect(sent('/preview')[0]?.url).toContain('/propose/api/v1/workloads/checkout/requests/preview');
    backend.on('/requests/apply', () => done('requests'));
    await userEvent.click(within(drawer).getByTestId(acting.applyRequests));
    expect(await screen.findByTestId(acting.result)).toHaveTextContent(
      /Set the requests of checkout: applied.*cpu: 4 → 3.2/
    );
    expect(sent('/requests/apply')).toMatchObject([
      {
        url: expect.stringContaining('/approve/api/v1/'),
        method: 'POST',
        headers: { 'If-Match': '"sized"', 'Idempotency-Key': expect.stringMatching(/^[0-9a-f]{32}$/) },
      },
    ]);
    backend.on('/requests/rollback', () => done('requests-rollback'));
    await userEvent.click(screen.getByTestId(acting.undo));
    expect(await screen.findByText(/Gave back the requests of checkout/)).toBeInTheDocument();
  });

  it('that have changed since are looked at again; a click that nobody knows of is repeated with its key', async () => {
    standInUser('Admin');
    show();
    const drawer = await open();
    await within(drawer).findByTestId(acting.change);
    backend.on('/requests/apply', () => {
      throw fetchError(412, problem(412, 'ACTING_OUTDATED', 'It has changed'));
    });
    await userEvent.click(within(drawer).getByTestId(acting.applyRequests));
    requests = requestsOf({ etag: '"newer"' });
    await userEvent.click(await screen.findByRole('button', { name: 'Look again' }));
    await within(await screen.findByTestId(acting.requestsDrawer)).findByTestId(acting.change);
    backend.on('/requests/apply', () => {
      throw fetchError(502);
    });
    await userEvent.click(screen.getByTestId(acting.applyRequests));
    expect(await screen.findByText(/It is not known whether it was done/)).toBeInTheDocument();
    backend.on('/requests/apply', () => done('requests'));
    await userEvent.click(screen.getByTestId(acting.applyRequests));
    await screen.findByTestId(acting.result);
    const [, second, third] = sent('/requests/apply').map(({ headers }) => headers);
    expect(third).toEqual(second);
    expect(third).toMatchObject({ 'If-Match': '"newer"' });
  });

  it.each([
    ['Viewer', {}, /needs the role Headroom Approver/],
    ['Admin', { mode: 'observe' }, /Its mode is observe/],
    ['Admin', { target: null, state: null, decision: null }, /only advised/],
    ['Admin', { state: null }, /could not be read yet/],
    ['Admin', { state: { ...requestsOf().state!, way: 'this cluster offers no resize' } }, /offers no resize/],
    ['Admin', { decision: { kind: 'hold', set: null, reasons: [] } }, /Nothing is to be changed/],
  ] as const)('cannot be set by a %s where %j, and say why', async (role, changes, why) => {
    standInUser(role);
    requests = requestsOf(changes as Partial<typeof requests>);
    show();
    const button = await screen.findByTestId(acting.openRequests);
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(button);
    expect(await screen.findByText(why)).toBeInTheDocument();
  });

  it('that a node has no room for, that somebody else writes, or whose target fails say so', async () => {
    const state = {
      ...requestsOf().state!,
      isHeld: true,
      replicas: { total: 3, behind: 1, refused: ['checkout-1: Deferred'] },
      left: { cpu: 'HorizontalPodAutoscaler checkout divides by it' },
      conflicts: ['kubectl set it.'],
    };
    requests = requestsOf({ state, problem: 'TARGET_UNREACHABLE: it cannot be reached' });
    show();
    const section = await screen.findByTestId(acting.giveBackRequests);
    expect(section).toBeInTheDocument();
    for (const text of [
      /Deferred/,
      /kubectl set it/,
      /cannot be reached/,
      /1 of 3 replicas/,
      /divides by it/,
      /owner had 4 GiB/,
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
  });

  it('of which nothing is known yet say what it takes', async () => {
    requests = requestsOf({ advice: [], target: null, state: null, decision: null });
    show();
    expect(await screen.findByText(/a day of measured use/)).toBeInTheDocument();
  });
});
