import '../testing/standIns';
import React from 'react';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aForecast, NOW } from '../testing/fixtures';
import { valueFormatter } from '../formatting/valueFormatter';
import type { Fan } from './fan';
import { FanChart } from './FanChart';
import { fanLayout, partKey } from './fanLayout';
import { FanLegend } from './FanLegend';
import { FanTooltip } from './FanTooltip';
import { forecastFan, toMs } from './forecastFan';
import { ProbabilityLane } from './ProbabilityLane';

const response = aForecast();
const timesMs = toMs(response.times);
const fan = forecastFan(response, 'requests');
const format = valueFormatter('reqps');
const shared = {
  timesMs,
  width: 800,
  height: 300,
  fromMs: timesMs[0] ?? 0,
  toMs: timesMs.at(-1) ?? 0,
  timeZone: 'utc',
  nowMs: NOW * 1000,
};

describe('FanChart', () => {
  it('draws, and says in words what it draws', () => {
    const { container } = render(<FanChart {...shared} title="requests of checkout" fans={[fan]} format={format} />);
    expect(container.querySelector('canvas')).toBeInTheDocument();
    const figure = screen.getByRole('figure');
    expect(figure).toHaveAccessibleName(
      'requests of checkout. requests: last measured 120 req/s, forecast to reach 150 req/s, upper edge of the 95% band up to 198 req/s, capacity 200 req/s'
    );
    const rows = within(figure).getAllByRole('row');
    expect(rows[0]).toHaveTextContent('TimeMeasuredForecast (median)Capacity50% band80% band95% band');
    expect(rows).toHaveLength(25);
    expect(rows.at(-1)).toHaveTextContent('–150 req/s200 req/s125 req/s – 175 req/s110 req/s – 190 req/s');
  });

  it('takes new numbers, a new shape and nothing at all', () => {
    const { rerender, container } = render(<FanChart {...shared} title="t" fans={[fan]} format={format} />);
    rerender(<FanChart {...shared} title="t" fans={[{ ...fan, actual: timesMs.map(() => 1) }]} format={format} />);
    rerender(
      <FanChart {...shared} title="t" fans={[fan]} format={format} hidden={new Set([partKey('requests', 'bands')])} />
    );
    rerender(<FanChart {...shared} title="t" timesMs={[]} fans={[]} format={format} nowMs={null} />);
    expect(container.querySelector('canvas')).toBeInTheDocument();
  });
});

describe('ProbabilityLane', () => {
  const probability = response.times.map((time) => (time > NOW ? 0.2 : null));

  it('draws, and says where the probability is highest', () => {
    const { container } = render(
      <ProbabilityLane {...shared} title="Probability of a shortfall" probability={probability} risk={0.01} />
    );
    expect(container.querySelector('canvas')).toBeInTheDocument();
    expect(screen.getByRole('figure')).toHaveAccessibleName(
      /^Probability of a shortfall: highest 20% at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
    );
  });

  it('says when there is nothing to say', () => {
    render(<ProbabilityLane {...shared} title="P" probability={timesMs.map(() => null)} risk={null} />);
    expect(screen.getByRole('figure')).toHaveAccessibleName('P: no forecast of a shortfall in this range');
  });
});

describe('FanTooltip', () => {
  const colors = { actual: 'blue', forecast: 'orange', capacity: 'green', plan: '#0f0' };
  const layout = fanLayout(timesMs, [fan], () => colors);

  it('tells the lines from the top and the bands from narrow to wide, and leaves out what is missing', () => {
    const last = timesMs.length - 1;
    const { container } = render(
      <FanTooltip layout={layout} fans={[fan]} indices={layout.data.map(() => last)} format={format} timeZone="utc" />
    );
    expect(container).toHaveTextContent(
      /Forecast \(median\)150 req\/sCapacity200 req\/s50% band125 req\/s – 175 req\/s80% band.*95% band/
    );
    expect(container).not.toHaveTextContent('Measured');
  });

  it('names the fans where there are several', () => {
    const two: Fan[] = [fan, { ...fan, key: 'cpu', name: 'cpu' }];
    const both = fanLayout(timesMs, two, () => colors);
    render(<FanTooltip layout={both} fans={two} indices={both.data.map(() => 0)} format={format} timeZone="utc" />);
    expect(screen.getByText('cpu')).toBeInTheDocument();
  });

  it('is empty away from the plot', () => {
    const { container } = render(
      <FanTooltip layout={layout} fans={[fan]} indices={layout.data.map(() => null)} format={format} timeZone="utc" />
    );
    expect(container).toBeEmptyDOMElement();
  });
});

describe('FanLegend', () => {
  it('switches parts off and on', async () => {
    const onToggle = jest.fn();
    render(<FanLegend fans={[fan]} hidden={new Set()} onToggle={onToggle} placement="bottom" />);
    await userEvent.click(screen.getByRole('button', { name: 'Forecast bands (50%, 80%, 95%)' }));
    expect(onToggle).toHaveBeenCalledWith('requests/bands');
  });
});
