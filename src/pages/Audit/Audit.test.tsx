import { fetchError, problem, renderAt, standInBackend, type StandInBackend } from '../../testing/standIns';
import React from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDecision, anAuditReport } from '../../testing/actingFixtures';
import { aWorkload, NOW } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import Audit from './Audit';

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads', () => ({ now: NOW, workloads: [aWorkload()] }));
  backend.on('/decisions', () => ({
    now: NOW,
    decisions: [
      aDecision({
        seq: 4,
        what: 'dismiss',
        who: 'ben',
        before: { recommendation: 'r1' },
        after: { recommendation: 'r1', state: 'dismissed' },
      }),
      aDecision(),
      aDecision({ seq: 2, what: 'pause', workload: null, before: null, after: { scope: 'all', direction: 'in' } }),
    ],
    next: null,
  }));
  backend.on('/decisions/verify', () => anAuditReport());
});

describe('Audit', () => {
  it('says who did what, how it ended and why, and that the chain is as it was written', async () => {
    renderAt('/audit', <Audit />);
    const table = await screen.findByTestId(testIds.audit.table);
    expect(table).toHaveTextContent(/anaChanged checkoutfloor: 2 → 7appliedthe sale/);
    expect(table).toHaveTextContent(/Paused all workloads/);
    expect(await screen.findByText('Verified: all 3 decisions are as they were written')).toBeInTheDocument();
  });

  it('narrows by what the address names', async () => {
    renderAt('/audit?what=dismiss&workload=checkout&within=24h', <Audit />);
    const table = await screen.findByTestId(testIds.audit.table);
    expect(table).toHaveTextContent('ben');
    expect(table).not.toHaveTextContent('Changed');
    expect(backend.requests.find(({ url }) => url.endsWith('/decisions'))?.params).toMatchObject({
      workload: 'checkout',
      start: expect.any(Number),
    });
  });

  it('searches in person, reason and outcome', async () => {
    renderAt('/audit', <Audit />);
    await screen.findByTestId(testIds.audit.table);
    await userEvent.type(screen.getByPlaceholderText(/Search person/), 'nobody');
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent('No decision matches');
  });

  it('says where the chain is broken', async () => {
    backend.on('/decisions/verify', () =>
      anAuditReport({ intact: false, fault: { position: 2, seq: 2, problem: 'its hash is another one' } })
    );
    renderAt('/audit', <Audit />);
    expect(await screen.findByText(/broken at number 2: its hash is another one/)).toBeInTheDocument();
  });

  it('does not call verified what could not be checked', async () => {
    backend.on('/decisions/verify', () => {
      throw fetchError(503, problem(503, 'STORAGE_FAILED', 'The database is locked'));
    });
    renderAt('/audit', <Audit />);
    expect(await screen.findByText('Not checked: The database is locked')).toBeInTheDocument();
  });
});
