import {
  fetchError,
  problem,
  renderAt,
  standInBackend,
  standInUser,
  type StandInBackend,
} from '../../testing/standIns';
import React from 'react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { KeptScenario } from '../../../contract/scenario.ts';
import { aDetail, aWorkload } from '../../testing/fixtures';
import { aKeptScenario } from '../../testing/simulationFixtures';
import { testIds } from '../../testIds';
import { UseControls } from './UseControls';

const KEPT = aKeptScenario({ name: 'ours', origin: 'stored', version: 3 });
const DEFINITION = { name: 'checkout', scenarios: ['api-spike'] };
const IN_API = aDetail({ definition: DEFINITION, version: 2 });

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/workloads/checkout', ({ data }) => ({
    ...aDetail({ definition: data as WorkloadDetail['definition'], version: 3 }),
    summary: aWorkload({ declaredIn: 'api' }),
  }));
});

interface Shown {
  readonly detail?: WorkloadDetail;
  readonly kept?: KeptScenario | null;
  readonly isChanged?: boolean;
  readonly weights?: ReadonlyMap<string, number>;
}

function open({ detail = IN_API, kept = KEPT, isChanged = false, weights = new Map() }: Shown = {}) {
  const onUsed = jest.fn();
  renderAt(
    '/scenarios',
    <UseControls
      detail={detail}
      shown={{ scenario: KEPT.scenario, kept, isChanged }}
      own={{ names: detail.definition?.scenarios ?? [], weights, reload: jest.fn() }}
      onUsed={onUsed}
    />
  );
  return onUsed;
}

const using = (scenarios: string[]) => aDetail({ definition: { ...DEFINITION, scenarios }, version: 2 });
const puts = () => backend.requests.filter(({ method }) => method === 'PUT');

describe('a scenario for a workload', () => {
  it('is used by a click on the version that was read, and undone on the one since', async () => {
    standInUser('Admin');
    const onUsed = open();
    expect(screen.getByTestId(testIds.scenarios.use)).toHaveTextContent('as far as the present follows it');
    await userEvent.click(screen.getByRole('button', { name: 'Use for checkout' }));
    expect(await screen.findByText('ours is used for checkout')).toBeInTheDocument();
    expect(onUsed).toHaveBeenCalledTimes(1);
    expect(puts()[0]).toMatchObject({
      url: '/api/plugin-proxy/headroom-capacity-app/admin/api/v1/workloads/checkout',
      headers: { 'If-Match': '"2"' },
      data: { name: 'checkout', scenarios: ['api-spike', 'ours'] },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(puts()[1]).toMatchObject({ headers: { 'If-Match': '"3"' }, data: DEFINITION }));
    await waitFor(() => expect(screen.queryByText('ours is used for checkout')).toBeNull());
    expect(onUsed).toHaveBeenCalledTimes(2);
  });

  it('tells its weight while it is used, and is no longer used by a click', async () => {
    standInUser('Admin');
    open({ detail: using(['api-spike', 'ours']), weights: new Map([['ours', 0.07]]) });
    expect(screen.getByTestId(testIds.scenarios.use)).toHaveTextContent('which is 7% now');
    await userEvent.click(screen.getByRole('button', { name: 'No longer use for checkout' }));
    expect(await screen.findByText('ours is no longer used for checkout')).toBeInTheDocument();
    expect(puts()[0]).toMatchObject({ data: DEFINITION });
  });

  it('is saved before it is used', async () => {
    standInUser('Admin');
    open({ isChanged: true });
    const button = screen.getByRole('button', { name: 'Use for checkout' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent('Save it first');
  });

  it('says to whom it is not allowed, and why', () => {
    standInUser('Editor');
    open();
    expect(screen.getByRole('button', { name: 'Use for checkout' })).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByTestId(testIds.scenarios.use)).toHaveTextContent('the role Headroom Administrator');
  });

  it('of a workload that the file declares is changed there: the lines are shown', async () => {
    open({ detail: aDetail({ definition: DEFINITION }) });
    const use = within(screen.getByTestId(testIds.scenarios.use));
    expect(use.queryByRole('button', { name: /Use for/ })).toBeNull();
    expect(use.getByText(/The workloads file declares checkout/)).toBeInTheDocument();
    await userEvent.click(use.getByRole('button', { name: 'Lines to use it' }));
    expect(use.getByLabelText('Lines to use it')).toHaveTextContent(
      'workloads: - name: checkout scenarios: [ api-spike, ours ]'
    );
    expect(use.getByRole('button', { name: 'Copy' })).toBeInTheDocument();
  });

  it('whose workload somebody else changed since is refused, and nothing else is said', async () => {
    standInUser('Admin');
    backend.on('/workloads/checkout', () => {
      throw fetchError(412, problem(412, 'API_VERSION_CHANGED', 'Workload checkout is at version 4'));
    });
    open();
    await userEvent.click(screen.getByRole('button', { name: 'Use for checkout' }));
    expect(await screen.findByTestId(testIds.acting.failure)).toHaveTextContent('Nothing was changed');
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });
});
