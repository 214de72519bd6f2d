import { act, renderHook } from '@testing-library/react';
import { useRested } from './useRested';

afterEach(() => jest.useRealTimers());

it('a position that moves is at rest once it is answered and has stood still, the first one at once', () => {
  jest.useFakeTimers();
  const { result, rerender } = renderHook(
    ([position, isAnswered]: readonly [string, boolean]) => useRested(position, isAnswered, 300),
    { initialProps: ['a', false] as readonly [string, boolean] }
  );
  expect(result.current).toBe(true);
  const pass = (milliseconds: number) => act(() => void jest.advanceTimersByTime(milliseconds));
  rerender(['b', false]);
  pass(1000);
  expect(result.current).toBe(false);
  rerender(['b', true]);
  pass(200);
  rerender(['c', true]);
  pass(200);
  expect(result.current).toBe(false);
  pass(100);
  expect(result.current).toBe(true);
});
