import { stringify } from 'yaml';
import { z } from 'zod';
import { parseYaml } from './parseYaml.ts';

const componentSchema = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1alpha1'),
  kind: z.literal('Component'),
  patches: z.array(z.strictObject({ path: z.string().regex(/^[a-z0-9._-]+\.patch\.yaml$/) })),
});

/** A kustomize component of these patch files, in the order of their names. */
export function formatComponent(files: Iterable<string>): string {
  const patches = [...new Set(files)].sort().map((path) => ({ path }));
  return stringify({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', patches });
}

/** The patch files that a component lists; `undefined` where it holds anything that Headroom does not write. */
export function parseComponent(text: string): string[] | undefined {
  const parsed = componentSchema.safeParse(parseYaml(text));
  return parsed.success ? parsed.data.patches.map(({ path }) => path) : undefined;
}
