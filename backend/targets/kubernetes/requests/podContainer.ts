import type { Container, Pod } from './podShapes.ts';

export function podContainer({ spec }: Pod, name: string): Container | undefined {
  return spec.containers.find((container) => container.name === name);
}
