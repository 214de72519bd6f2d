import {
  fetchError,
  problem,
  renderAt,
  standInBackend,
  standInUser,
  withHeaders,
  type StandInBackend,
} from '../../testing/standIns';
import React from 'react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDecision, aPreview, aScalingSummary } from '../../testing/actingFixtures';
import { aRecommendation, aStatus, aWorkload, NOW } from '../../testing/fixtures';
import { StatusProvider } from '../../acting/statusContext';
import { testIds } from '../../testIds';
import Recommendations from './Recommendations';

let backend: StandInBackend;

const raise = aRecommendation({ id: 'raise', workload: 'urgent' });
const lower = aRecommendation({ id: 'lower', workload: 'idle', action: 'lower' });
const hold = aRecommendation({ id: 'hold', workload: 'calm', action: 'hold' });

beforeEach(() => {
  standInUser('Admin');
  backend = standInBackend();
  backend.on('/api/v1/status', () => aStatus());
  backend.on('/api/v1/workloads', () => ({
    now: NOW,
    workloads: [aWorkload({ name: 'urgent', mode: 'approve', scaling: aScalingSummary() })],
  }));
  backend.on('/sidecar/api/v1/recommendations', () => ({ now: NOW, recommendations: [hold, lower, raise] }));
});

function renderPage(query = '') {
  return renderAt(
    `/recommendations${query}`,
    <StatusProvider>
      <Recommendations />
    </StatusProvider>
  );
}

describe('Recommendations', () => {
  it('lists what raises before what lowers before what holds', async () => {
    renderPage();
    const table = await screen.findByTestId(testIds.recommendations.table);
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('link')[0]?.textContent)).toEqual(['urgent', 'idle', 'calm']);
    expect(rows[0]).toHaveTextContent('in 3h');
    expect(rows[0]).toHaveTextContent('34%');
    expect(within(rows[2]!).queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('asks for the state that the address names', async () => {
    backend.on('/sidecar/api/v1/recommendations', () => ({ now: NOW, recommendations: [] }));
    renderPage('?state=dismissed');
    expect(await screen.findByTestId(testIds.states.empty)).toHaveTextContent('There are none of this kind');
    expect(backend.requests.find(({ url }) => url.endsWith('/recommendations'))?.params).toMatchObject({
      state: 'dismissed',
    });
  });

  it('approves many at once and says what became of each', async () => {
    for (const each of [raise, lower]) {
      backend.on(`/recommendations/${each.id}`, () => withHeaders(each, { etag: `"${each.id}"` }));
    }
    backend.on('/preview', () => aPreview());
    backend.on('/approve/api/v1/recommendations/approve', () => ({
      results: [
        { id: 'raise', recommendation: raise, decision: aDecision(), problem: null },
        {
          id: 'lower',
          recommendation: null,
          decision: null,
          problem: problem(409, 'ACTING_HELD', 'The SLO is violated'),
        },
      ],
    }));
    renderPage();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all' }));
    await userEvent.click(screen.getByTestId(testIds.recommendations.approveMany));
    await userEvent.click(await screen.findByRole('button', { name: 'Approve 2' }));
    const result = await screen.findByTestId(testIds.acting.result);
    expect(result).toHaveTextContent('1 of 2 approved');
    expect(result).toHaveTextContent('idle: The SLO is violated');
    const click = backend.requests.find(({ url }) => url.includes('/approve/api'));
    expect(click?.data).toEqual([
      { id: 'raise', etag: '"raise"', key: expect.stringMatching(/-raise$/) },
      { id: 'lower', etag: '"lower"', key: expect.stringMatching(/-lower$/) },
    ]);
  });

  it('dismisses many with one reason; one that fails stops no other', async () => {
    backend.on('raise/dismiss', () => {
      throw fetchError(409, problem(409, 'ACTING_NOT_OPEN', 'It is applied'));
    });
    backend.on('lower/dismiss', () => ({ recommendation: lower, decision: aDecision() }));
    renderPage();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all' }));
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss…' }));
    await userEvent.click(screen.getByTestId(testIds.acting.dismiss));
    const result = await screen.findByTestId(testIds.acting.result);
    expect(result).toHaveTextContent('1 of 2 dismissed');
    expect(result).toHaveTextContent('urgent: It is applied');
  });

  it('says what is paused, and resumes it', async () => {
    const pauses = [{ scope: 'all', out: true, in: true, who: 'ana', at: NOW - 60, reason: 'incident 7' }];
    const acting = { kind: 'acting' as const, holder: null, problem: null, pauses };
    backend.on('/api/v1/status', () => aStatus({ acting }));
    renderPage();
    const banner = await screen.findByTestId(testIds.acting.pauseBanner);
    expect(banner).toHaveTextContent(/paused for all workloads/);
    expect(banner).toHaveTextContent('incident 7');
    backend.on('/pause', () => ({ now: NOW, pauses: [] }));
    backend.on('/api/v1/status', () => aStatus({ acting: { ...acting, pauses: [] } }));
    await userEvent.click(within(banner).getByTestId(testIds.acting.resume));
    expect(await screen.findByTestId(testIds.recommendations.table)).toBeInTheDocument();
    expect(backend.requests.find(({ url }) => url.includes('/pause'))).toMatchObject({
      url: expect.stringContaining('/scale/'),
      method: 'DELETE',
      params: { scope: 'all', direction: 'both' },
    });
  });

  it.each([
    [fetchError(502), 'The sidecar cannot be reached'],
    [fetchError(403, { message: 'plugin route access denied' }), 'headroom-capacity-app.forecasts:read'],
  ])('says why there is nothing to see', async (thrown, text) => {
    backend.on('/sidecar/api/v1/recommendations', () => {
      throw thrown;
    });
    renderPage();
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent(text);
  });
});
