import { isSameProps } from './isSameProps';

it('lists of the same things are the same, others are not', () => {
  const thing = {};
  expect(isSameProps({ a: 1, list: [thing, null] }, { a: 1, list: [thing, null] })).toBe(true);
  expect(isSameProps({ list: [thing] }, { list: [{}] })).toBe(false);
  expect(isSameProps({ list: [thing] }, { list: [thing, thing] })).toBe(false);
  expect(isSameProps<{ a?: number; b?: number }>({ a: 1 }, { b: 1 })).toBe(false);
});
