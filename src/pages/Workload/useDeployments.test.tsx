import { fetchError, standInBackend, type StandInBackend } from '../../testing/standIns';
import { renderHook, waitFor } from '@testing-library/react';
import { useDeployments } from './useDeployments';

let backend: StandInBackend;

beforeEach(() => {
  backend = standInBackend();
});

const question = { workload: 'checkout', rawFrom: '1795000000000', rawTo: '1795090000000' };

describe('useDeployments', () => {
  it('asks Grafana for what is tagged with the workload, and tells it in plain words', async () => {
    backend.on('/api/annotations', () => [
      { id: 3, time: 1795001000000, timeEnd: 1795001000000, text: '<b>v2.1</b> &amp; more\nrolled out', tags: [] },
      { id: 4, time: 1795002000000, timeEnd: 1795005000000, text: '' },
      { id: 5, time: 1795006000000, text: '<img src=x onerror=alert(1)>' },
    ]);
    const { result } = renderHook(() => useDeployments(question));
    await waitFor(() => expect(result.current).toHaveLength(3));
    expect(result.current).toEqual([
      { name: 'v2.1 & more', startMs: 1795001000000, endMs: 1795001000000 },
      { name: 'Deployment', startMs: 1795002000000, endMs: 1795005000000 },
      { name: 'Deployment', startMs: 1795006000000, endMs: 1795006000000 },
    ]);
    expect(backend.requests[0]?.params).toEqual({
      from: 1795000000000,
      to: 1795090000000,
      type: 'annotation',
      tags: ['deployment', 'checkout'],
      limit: 100,
    });
  });

  it.each([
    ['forbidden', () => Promise.reject(fetchError(403, { message: 'no' }))],
    ['no list', () => ({ message: 'what' })],
  ])('has none where the answer is %s, and tells nobody', async (_, handler) => {
    backend.on('/api/annotations', handler);
    const { result } = renderHook(() => useDeployments(question));
    await waitFor(() => expect(backend.requests).toHaveLength(1));
    expect(result.current).toEqual([]);
    expect(backend.requests[0]?.showErrorAlert).toBe(false);
  });
});
