import { aWorkload } from '../../testing/fixtures';
import { filterChoices, filterFleet, type FleetFilter } from './fleetFilter';

const NONE: FleetFilter = { search: '', account: '', tier: '', region: '' };
const fleet = [
  aWorkload({ name: 'checkout' }),
  aWorkload({ name: 'search', account: { name: 'globex', tier: '', industry: 'Media', region: 'us-east-1' } }),
];
const names = (filter: Partial<FleetFilter>) => filterFleet(fleet, { ...NONE, ...filter }).map(({ name }) => name);

describe('filterFleet', () => {
  it.each([
    [{}, ['checkout', 'search']],
    [{ search: 'CHECK' }, ['checkout']],
    [{ search: 'us-east media' }, ['search']],
    [{ search: 'checkout us-east' }, []],
    [{ account: 'acme' }, ['checkout']],
    [{ account: 'acme', region: 'us-east-1' }, []],
    [{ tier: 'gold', search: 'retail' }, ['checkout']],
    [{ search: '[' }, []],
  ])('leaves of %p %p', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});

it('filterChoices are the values in use, in order, without the empty one', () => {
  expect(filterChoices(fleet, 'account')).toEqual(['acme', 'globex']);
  expect(filterChoices(fleet, 'tier')).toEqual(['gold']);
});
