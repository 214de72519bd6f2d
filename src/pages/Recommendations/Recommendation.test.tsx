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
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { aDecision, aPreview, aScaling, aScalingSummary, requestsOf } from '../../testing/actingFixtures';
import { aDetail, aForecast, aRecommendation, aWorkload, NOW } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import Recommendation from './Recommendation';

let backend: StandInBackend;
let recommendation: ReturnType<typeof aRecommendation>;
let etag: string;

beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW * 1000);
  recommendation = aRecommendation();
  etag = '"seen"';
  backend = standInBackend();
  backend.on('/workloads/checkout', () =>
    aDetail({ summary: aWorkload({ mode: 'approve', scaling: aScalingSummary() }) })
  );
  backend.on('/forecast', () => aForecast());
  backend.on('/scaling', () => aScaling());
  backend.on('/requests', () => requestsOf());
  backend.on('/decisions', () => ({ now: NOW, decisions: [aDecision()], next: null }));
  backend.on('/recommendations/r1', () => withHeaders(recommendation, { etag }));
  backend.on('/preview', () => aPreview());
});

function renderPage() {
  return renderAt(
    '/recommendations/r1',
    <Routes>
      <Route path="/recommendations/:id" element={<Recommendation />} />
    </Routes>
  );
}

const openDrawer = async () => {
  await userEvent.click(await screen.findByTestId(testIds.recommendation.approve));
  return screen.findByTestId(testIds.acting.approveDrawer);
};
const sent = (text: string) => backend.requests.filter(({ url }) => url.includes(text));
const pressApprove = async () => userEvent.click(await screen.findByRole('button', { name: /set the floor to 7/ }));

describe('Recommendation', () => {
  it('shows the exact change and the dry run, approves what was looked at, and says what was really done', async () => {
    standInUser('Admin');
    renderPage();
    const drawer = await openDrawer();
    expect(await within(drawer).findByTestId(testIds.acting.change)).toHaveTextContent(
      /spec\.minReplicas27The target accepts it in a dry run/
    );
    expect(sent('/preview')[0]?.url).toContain('/propose/api/v1/recommendations/r1/preview');
    backend.on('/approve', () => ({ recommendation: { ...recommendation, state: 'applied' }, decision: aDecision() }));
    backend.on('/preview', () => aPreview());
    await pressApprove();
    expect(await screen.findByTestId(testIds.acting.result)).toHaveTextContent(/applied.*floor: 2 → 7/);
    const [click] = backend.requests.filter(({ url }) => url.endsWith('/approve/api/v1/recommendations/r1/approve'));
    expect(click).toMatchObject({
      method: 'POST',
      headers: { 'If-Match': '"seen"', 'Idempotency-Key': expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    backend.on('/rollback', () => ({ recommendation, decision: aDecision({ what: 'rollback', seq: 4 }) }));
    await userEvent.click(screen.getByTestId(testIds.acting.undo));
    expect(await screen.findByText(/Recorded as number 4/)).toBeInTheDocument();
  });

  it('asks to look again where it has changed since, and approves the new version then', async () => {
    standInUser('Admin');
    renderPage();
    await openDrawer();
    backend.on('r1/approve', () => {
      throw fetchError(412, problem(412, 'ACTING_OUTDATED', 'It has changed'));
    });
    await pressApprove();
    expect(await screen.findByTestId(testIds.acting.failure)).toHaveTextContent('Nothing was done');
    etag = '"newer"';
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
    backend.on('r1/approve', () => ({ recommendation, decision: aDecision() }));
    await pressApprove();
    await screen.findByTestId(testIds.acting.result);
    expect(sent('r1/approve').at(-1)?.headers).toMatchObject({ 'If-Match': '"newer"' });
  });

  it('says what has moved since, without being asked, and one more click does it', async () => {
    standInUser('Admin');
    renderPage();
    await openDrawer();
    backend.on('r1/approve', () => {
      const { proposed, tiers } = recommendation;
      recommendation = { ...recommendation, proposed: { replicas: 9 }, tiers: { ...tiers, total: tiers.total + 3 } };
      expect(proposed.replicas).not.toBe(9);
      etag = '"newer"';
      throw fetchError(412, problem(412, 'ACTING_OUTDATED', 'It has changed'));
    });
    await pressApprove();
    const failure = () => screen.getByTestId(testIds.acting.failure);
    await waitFor(() => expect(failure()).toHaveTextContent(/Replicas proposed: \d+, now 9\./));
    expect(failure()).toHaveTextContent(/Replicas within the accepted risk: \d+, now \d+\..*Press once more/);
    backend.on('r1/approve', () => ({ recommendation, decision: aDecision() }));
    await pressApprove();
    await screen.findByTestId(testIds.acting.result);
    expect(sent('r1/approve').map(({ headers }) => headers?.['If-Match'])).toEqual(['"seen"', '"newer"']);
  });

  it('repeats the same click where nobody knows whether it was done', async () => {
    standInUser('Admin');
    renderPage();
    await openDrawer();
    backend.on('r1/approve', () => {
      throw fetchError(502);
    });
    await pressApprove();
    expect(await screen.findByTestId(testIds.acting.failure)).toHaveTextContent('It is not known whether it was done');
    backend.on('r1/approve', () => ({ recommendation, decision: aDecision() }));
    await pressApprove();
    await screen.findByTestId(testIds.acting.result);
    const [first, second] = sent('r1/approve').map(({ headers }) => headers?.['Idempotency-Key']);
    expect(second).toBe(first);
  });

  it('does not approve what the target does not let it see', async () => {
    standInUser('Admin');
    backend.on('/preview', () => {
      throw fetchError(502, problem(502, 'TARGET_UNREACHABLE', 'The target hpa cannot be reached'));
    });
    renderPage();
    const drawer = await openDrawer();
    expect(await within(drawer).findByText(/cannot be reached/)).toBeInTheDocument();
    expect(within(drawer).getByTestId(testIds.acting.approve)).toHaveAttribute('aria-disabled', 'true');
  });

  it.each([
    ['Viewer', true, true],
    ['Editor', true, false],
    ['Admin', false, false],
  ] as const)('lets a %s press what the role may', async (role, cannotApprove, cannotPropose) => {
    standInUser(role);
    renderPage();
    const approve = await screen.findByTestId(testIds.recommendation.approve);
    const propose = screen.getByTestId(testIds.recommendation.propose);
    expect(approve.getAttribute('aria-disabled') === 'true').toBe(cannotApprove);
    expect(propose.getAttribute('aria-disabled') === 'true').toBe(cannotPropose);
    if (cannotApprove) {
      await userEvent.hover(approve);
      expect(await screen.findByText(/needs the role Headroom Approver/)).toBeInTheDocument();
    }
  });

  it('dismisses with the reason', async () => {
    standInUser('Editor');
    renderPage();
    await userEvent.click(await screen.findByRole('button', { name: 'Dismiss…' }));
    fireEvent.change(screen.getByTestId(testIds.acting.reason), { target: { value: 'not on a Friday' } });
    backend.on('/dismiss', () => ({ recommendation, decision: aDecision({ what: 'dismiss', outcome: 'done' }) }));
    await userEvent.click(screen.getByTestId(testIds.acting.dismiss));
    await screen.findByTestId(testIds.recommendation.approve);
    expect(sent('/dismiss')[0]).toMatchObject({
      url: expect.stringContaining('/propose/'),
      data: { reason: 'not on a Friday' },
    });
  });

  it('offers the way back of what was applied, and says who did it', async () => {
    standInUser('Admin');
    recommendation = aRecommendation({
      state: 'applied',
      answer: { who: 'ana', at: NOW - 60, reason: '', until: null },
    });
    renderPage();
    expect(await screen.findByText(/Applied by ana/)).toBeInTheDocument();
    await userEvent.click(screen.getByTestId(testIds.acting.rollBack));
    expect(screen.getByText(/nothing is tried for half an hour/)).toBeInTheDocument();
  });

  it('says that an expired one cannot be approved, and leads to the one that stands', async () => {
    standInUser('Admin');
    recommendation = aRecommendation({ state: 'expired', expiresAt: NOW - 60 });
    backend.on('/workloads/checkout', () => aDetail({ summary: aWorkload({ recommendationId: 'r2' }) }));
    backend.on('/scaling', () => aScaling());
    backend.on('/forecast', () => aForecast());
    renderPage();
    expect(await screen.findByText('Another recommendation stands now')).toBeInTheDocument();
    expect(screen.getByTestId(testIds.recommendation.approve)).toHaveAttribute('aria-disabled', 'true');
  });

  it('asks before Headroom acts by itself', async () => {
    standInUser('Admin');
    renderPage();
    const mode = await screen.findByTestId(testIds.acting.mode);
    backend.on('/mode', () => aScaling({ mode: 'auto' }));
    await userEvent.click(within(mode).getByRole('radio', { name: /auto/i }));
    expect(sent('/mode')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Act by itself' }));
    await screen.findByTestId(testIds.acting.mode);
    expect(sent('/mode')[0]).toMatchObject({
      url: '/api/plugin-proxy/headroom-capacity-app/scale/api/v1/workloads/checkout/mode',
      method: 'PUT',
      data: { mode: 'auto' },
    });
  });
});
