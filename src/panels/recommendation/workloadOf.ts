import { FieldType, type DataFrame, type Field, type LinkModel } from '@grafana/data';

const LABEL = 'workload';

/** The first workload that the data name; null where they name none. */
export function workloadOf(frames: readonly DataFrame[]): string | null {
  return labelledFields(frames)[0]?.labels?.[LABEL] ?? null;
}

/** The data link of the data's first number; null where the field options have none. */
export function dataLinkOf(frames: readonly DataFrame[]): LinkModel<Field> | null {
  const fields = frames.flatMap((frame) => frame.fields.filter(({ type }) => type === FieldType.number));
  return fields.flatMap((field) => field.getLinks?.({ valueRowIndex: 0 }) ?? [])[0] ?? null;
}

function labelledFields(frames: readonly DataFrame[]): Field[] {
  return frames.flatMap(({ fields }) =>
    fields.filter(({ type, labels }) => type === FieldType.number && labels?.[LABEL] !== undefined)
  );
}
