import { FieldType, type DataFrame } from '@grafana/data';

/** Whether any number among the results bears a label of that name. */
export function isLabelled(frames: readonly DataFrame[] | undefined, label: string): boolean {
  return (frames ?? []).some(({ fields }) =>
    fields.some(({ type, labels }) => type === FieldType.number && labels?.[label] !== undefined)
  );
}
