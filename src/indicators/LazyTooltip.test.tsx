import React from 'react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LazyTooltip } from './LazyTooltip';

describe('LazyTooltip', () => {
  it('opens under the pointer and closes when it leaves', async () => {
    render(<LazyTooltip content="why">what</LazyTooltip>);
    await userEvent.hover(screen.getByText('what'));
    expect(await screen.findByRole('tooltip')).toHaveTextContent('why');
    await userEvent.unhover(screen.getByText('what'));
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
  });

  it('opens by keyboard, keeps the focus, describes what has it, and closes by Escape', async () => {
    render(
      <>
        <LazyTooltip content="why">what</LazyTooltip>
        <button>next</button>
      </>
    );
    await userEvent.tab();
    const tooltip = await screen.findByRole('tooltip');
    expect(document.activeElement).toHaveTextContent('what');
    expect(document.activeElement).toHaveAttribute('aria-describedby', tooltip.id);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
    await userEvent.tab();
    expect(screen.getByRole('button')).toHaveFocus();
  });
});
