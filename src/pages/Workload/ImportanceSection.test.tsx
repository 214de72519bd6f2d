import { fetchError, problem, renderAt, standInBackend, type StandInBackend } from '../../testing/standIns';
import React from 'react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aFeatures, anImportance } from '../../testing/fixtures';
import { testIds } from '../../testIds';
import { ImportanceSection } from './ImportanceSection';

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
  backend.on('/features', () => aFeatures());
});

function renderSection() {
  return renderAt('/', <ImportanceSection workload="checkout" resource="cpu" unit="cores" />);
}

describe('ImportanceSection', () => {
  it('tells what the forecast used, the most important first, and what it did not', async () => {
    renderSection();
    const table = await screen.findByRole('table', { name: 'What the forecast used' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(6);
    expect(rows[0]).toHaveAccessibleName('Daily season 50% ± 50.0 cores');
    expect(rows[2]).toHaveAccessibleName('sessions 12% ± 12.0 cores');
    const section = screen.getByTestId(testIds.workload.importance);
    expect(section).toHaveTextContent('cpu by auto');
    expect(section).toHaveTextContent('Not used: Time of day and week, Tier · Not in the history: Gaps');
    expect(backend.requests[0]?.url).toMatch(/workloads\/checkout\/features$/);
    expect(backend.requests[0]?.params).toMatchObject({ resource: 'cpu' });
    await userEvent.click(screen.getByRole('button', { name: 'Show all 7' }));
    expect(within(table).getAllByRole('row')).toHaveLength(8);
    expect(screen.getByRole('button', { name: 'Show fewer' })).toHaveAttribute('aria-expanded', 'true');
  });

  it('orders by what the near part used where that is chosen, by keyboard', async () => {
    renderSection();
    (await screen.findByRole('radio', { name: 'All' })).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('radio', { name: 'Near' })).toBeChecked();
    expect(screen.getAllByRole('row')[1]).toHaveAccessibleName(/^Level of the last 1h 70%/);
  });

  it('says that it is loading', async () => {
    backend.on('/features', () => new Promise(() => undefined));
    renderSection();
    expect(await screen.findByTestId(testIds.states.loading)).toHaveAccessibleName('Asking what the forecast used');
  });

  it.each([
    [
      anImportance({ groups: [], emptyReason: 'every measurement is 0' }),
      'Nothing to explain: every measurement is 0.',
    ],
    [null, 'There is no forecast of cpu to explain yet.'],
    [
      anImportance({ groups: anImportance().groups.filter(({ used }) => !used) }),
      'Nothing that could be taken out of the history moves it.',
    ],
  ])('says where there is nothing to explain, and why (%#)', async (importance, text) => {
    backend.on('/features', () => aFeatures(importance));
    renderSection();
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('says why it cannot be told, and asks again', async () => {
    backend.on('/features', () => {
      throw fetchError(503, problem(503, 'API_BUSY', 'Too much is going on at once'));
    });
    renderSection();
    expect(await screen.findByTestId(testIds.states.failure)).toHaveTextContent('Too much is going on');
    backend.on('/features', () => aFeatures());
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table')).toBeInTheDocument();
  });
});
