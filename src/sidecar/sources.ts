import {
  sourceCheckSchema,
  sourceLabelsSchema,
  sourceNamesSchema,
  sourcesResponseSchema,
  type SourceCheck,
  type SourceLabels,
  type SourceNames,
  type SourcesResponse,
} from '../../contract/sources.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

/** Where history comes from. */
export function useSources(): Polled<SourcesResponse> {
  return useResource((signal) => ask({ path: 'api/v1/sources', reader: sourcesResponseSchema, signal }), {
    key: 'sources',
  });
}

/** Asks a source now whether it can be reached and believed. */
export function checkSource(name: string, signal?: AbortSignal): Promise<SourceCheck> {
  return ask({ path: `${pathOf(name)}/check`, reader: sourceCheckSchema, signal });
}

/** What may be asked of a source and contains `match`. */
export function sourceNames(name: string, match: string, signal?: AbortSignal): Promise<SourceNames> {
  return ask({ path: `${pathOf(name)}/names`, params: { match }, reader: sourceNamesSchema, signal });
}

/** The labels of a metric with their values. */
export function useSourceLabels(source: string, metric: string): Polled<SourceLabels | null> {
  return useResource(
    (signal) =>
      metric === ''
        ? Promise.resolve(null)
        : ask({ path: `${pathOf(source)}/labels`, params: { metric }, reader: sourceLabelsSchema, signal }),
    { key: `labels ${source} ${metric}` }
  );
}

function pathOf(name: string): string {
  return `api/v1/sources/${encodeURIComponent(name)}`;
}
