import { useEffect, useState } from 'react';
import type { PreviewResponse } from '../../contract/acting.ts';
import { previewChange } from '../sidecar/answers';
import { failureFrom, type Failure } from '../sidecar/failure';
import { readRecommendation, type SeenRecommendation } from '../sidecar/useRecommendation';

/** One of many as it was looked at: its version and the exact change, or why there is none. */
export type ManyPreview =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly seen: SeenRecommendation; readonly preview: PreviewResponse }
  | { readonly kind: 'failed'; readonly failure: Failure };

const AT_ONCE = 4;

/** Reads each recommendation and the exact change it makes, a few at a time. */
export function useManyPreviews(ids: readonly string[], round: number): ReadonlyMap<string, ManyPreview> {
  const [previews, setPreviews] = useState<ReadonlyMap<string, ManyPreview>>(new Map());
  const key = ids.join(' ');
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = key === '' ? [] : key.split(' ');
    setPreviews(new Map(waiting.map((id) => [id, { kind: 'loading' }])));
    const keep = (id: string, preview: ManyPreview) => {
      if (!signal.aborted) {
        setPreviews((before) => new Map(before).set(id, preview));
      }
    };
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift()) {
        try {
          const seen = await readRecommendation(id, signal);
          keep(id, { kind: 'ready', seen, preview: await previewChange(id, signal) });
        } catch (thrown) {
          keep(id, { kind: 'failed', failure: failureFrom(thrown) });
        }
      }
    };
    for (let worker = 0; worker < AT_ONCE; worker++) {
      void work();
    }
    return () => controller.abort();
  }, [key, round]);
  return previews;
}
