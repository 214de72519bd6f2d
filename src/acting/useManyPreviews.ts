import { useEffect, useMemo, useState } from 'react';
import type { PreviewResponse } from '../../contract/acting.ts';
import { previewChange } from '../sidecar/answers';
import { failureFrom, type Failure } from '../sidecar/failure';
import { readRecommendation, type SeenRecommendation } from '../sidecar/useRecommendation';

/** One of many as it was looked at: its version and the exact change, or why there is none. */
export type ManyPreview =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly seen: SeenRecommendation; readonly preview: PreviewResponse }
  | { readonly kind: 'failed'; readonly failure: Failure };

interface Read {
  readonly asked: string;
  readonly previews: ReadonlyMap<string, ManyPreview>;
}

const AT_ONCE = 4;
const LOADING: ManyPreview = { kind: 'loading' };

/** Reads each recommendation and the exact change it makes, a few at a time. */
export function useManyPreviews(ids: readonly string[], round: number): ReadonlyMap<string, ManyPreview> {
  const [read, setRead] = useState<Read>({ asked: '', previews: new Map() });
  const key = ids.join(' ');
  const asked = `${key} ${String(round)}`;
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = key === '' ? [] : key.split(' ');
    const keep = (id: string, preview: ManyPreview) => {
      if (!signal.aborted) {
        setRead((before) => ({
          asked,
          previews: new Map(before.asked === asked ? before.previews : []).set(id, preview),
        }));
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
  }, [key, asked]);
  return useMemo(() => {
    const previews = read.asked === asked ? read.previews : new Map<string, ManyPreview>();
    const waiting = key === '' ? [] : key.split(' ');
    return new Map(waiting.map((id) => [id, previews.get(id) ?? LOADING]));
  }, [key, asked, read]);
}
