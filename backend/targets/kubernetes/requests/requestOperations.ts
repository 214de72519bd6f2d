import { REQUEST_KINDS, type RequestChange, type RequestSetting } from '../../../scaling/index.ts';
import type { PatchOperation } from '../changeOperations.ts';
import { REQUEST_ANNOTATIONS, settingText } from './requestMarks.ts';
import type { Container } from './podShapes.ts';
import type { RequestReading } from './readRequests.ts';
import { requestText, settingOf } from './requestQuantities.ts';

const REASON_LIMIT = 500;

/** What to patch of a container at `path` so that it requests a setting; the server refuses it where it is another. */
export function containerOperations(
  path: string,
  { name, resources }: Container,
  setting: RequestSetting
): Array<PatchOperation | { readonly op: 'test'; readonly path: string; readonly value: unknown }> {
  const now = settingOf(resources?.requests);
  return [
    { op: 'test', path: `${path}/name`, value: name },
    ...REQUEST_KINDS.flatMap((kind) => {
      const value = setting[kind];
      return value === undefined || value === now[kind]
        ? []
        : [{ op: 'add' as const, path: `${path}/resources/requests/${kind}`, value: requestText(kind, value) }];
    }),
  ];
}

/** The marks of a change, or none, at the object that owns the pods; refused where it was written since it was read. */
export function markOperations(
  { object, state }: RequestReading,
  { action, fence, reason }: RequestChange,
  setting: RequestSetting | undefined
): PatchOperation[] {
  const { annotations, resourceVersion } = object.metadata;
  const guard: PatchOperation = { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion };
  const pathOf = (name: string) => `/metadata/annotations/${name.replaceAll('/', '~1')}`;
  if (setting === undefined) {
    const ours = Object.values(REQUEST_ANNOTATIONS).filter((name) => annotations?.[name] !== undefined);
    return ours.length === Object.keys(annotations ?? {}).length && ours.length > 0
      ? [guard, { op: 'remove', path: '/metadata/annotations' }]
      : [guard, ...ours.map((name) => ({ op: 'remove' as const, path: pathOf(name) }))];
  }
  const marks = {
    [REQUEST_ANNOTATIONS.action]: action,
    [REQUEST_ANNOTATIONS.fence]: String(fence),
    [REQUEST_ANNOTATIONS.set]: settingText(setting),
    [REQUEST_ANNOTATIONS.original]: settingText(state.original),
    [REQUEST_ANNOTATIONS.reason]: reason.slice(0, REASON_LIMIT),
  };
  return annotations === undefined
    ? [guard, { op: 'add', path: '/metadata/annotations', value: marks }]
    : [guard, ...Object.entries(marks).map(([name, value]) => ({ op: 'add' as const, path: pathOf(name), value }))];
}
