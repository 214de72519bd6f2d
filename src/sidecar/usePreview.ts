import type { PreviewResponse } from '../../contract/acting.ts';
import { previewChange } from './answers';
import { useResource, type Polled } from './useResource';

/** The exact change that a recommendation's version makes, asked of the target once. */
export function usePreview(id: string, etag: string): Polled<PreviewResponse> {
  return useResource((signal) => previewChange(id, signal), { key: `preview ${id} ${etag}` });
}
