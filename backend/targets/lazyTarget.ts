import type { ScaleTarget } from '../scaling/index.ts';

/**
 * A target whose implementation is loaded when it is first asked: what nobody scales by costs neither time nor memory.
 *
 * A load that failed is tried again when it is asked again.
 */
export function lazyTarget(
  { kind, name, ability }: Pick<ScaleTarget, 'kind' | 'name' | 'ability'>,
  load: () => Promise<ScaleTarget>
): ScaleTarget {
  let loading: Promise<ScaleTarget> | undefined;
  const loaded = async (): Promise<ScaleTarget> => {
    loading ??= load();
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  return {
    kind,
    name,
    ability,
    read: async (signal) => (await loaded()).read(signal),
    preview: async (change, signal) => (await loaded()).preview(change, signal),
    apply: async (change, signal) => (await loaded()).apply(change, signal),
    close: async () => {
      await (await loading?.catch(() => undefined))?.close();
    },
  };
}
