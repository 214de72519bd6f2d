import type { TargetChange } from '../../scaling/index.ts';
import type { Admitted } from '../held/admitChange.ts';
import { UNSET } from './annotations.ts';
import type { ScaledReading } from './readHeld.ts';
import type { ScaledKind } from './scaledKind.ts';

/** One step of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

const REASON_LIMIT = 500;

/**
 * What to patch so that an object holds a setting, or is as its owner set it, all at once.
 *
 * A JSON Patch touches single fields, so that lists of metrics stay as they are; its first step has the server refuse it
 * (409) where the object was written since it was read.
 */
export function changeOperations(
  kind: ScaledKind,
  reading: ScaledReading,
  admitted: Exclude<Admitted, { kind: 'done' }>,
  change: TargetChange
): PatchOperation[] {
  const { object, details } = reading;
  const isGivenBack = admitted.kind === 'give back';
  const { utilization } = admitted.setting;
  const percent = utilization === undefined ? undefined : wholePercent(utilization);
  return [
    { op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
    ...floorOperations(kind, reading, isGivenBack ? reading.originalFloor : String(admitted.setting.floor)),
    ...(details.utilization === undefined || percent === undefined || percent === details.utilization.percent
      ? []
      : [
          {
            op: 'replace' as const,
            path: details.utilization.pointer,
            value: details.utilization.isText === true ? String(percent) : percent,
          },
        ]),
    ...(isGivenBack ? removedMarks(reading) : writtenMarks(reading, admitted, change, percent)),
  ];
}

/** Less would relax a target further than asked for: a part of a percent is dropped. */
function wholePercent(utilization: number): number {
  return Math.max(1, Math.floor(utilization * 100 + 1e-6));
}

function floorOperations(
  { floor, isSoleOwner }: ScaledKind,
  { details, writtenFloor }: ScaledReading,
  text: string
): PatchOperation[] {
  const path = `/spec/${floor.field}`;
  // Replicas that an autoscaler took over meanwhile are its business.
  if ((isSoleOwner && details.owner !== undefined) || writtenFloor === text) {
    return [];
  }
  return text === UNSET ? [{ op: 'remove', path }] : [{ op: 'add', path, value: Number(text) }];
}

function writtenMarks(
  { object, names, originalFloor }: ScaledReading,
  { setting, original }: Extract<Admitted, { kind: 'hold' | 'give back' }>,
  { action, fence, holdUntilSeconds, reason }: TargetChange,
  percent: number | undefined
): PatchOperation[] {
  const marks = {
    [names.action]: action,
    [names.fence]: String(fence),
    [names.holdUntil]: new Date(Math.ceil(holdUntilSeconds) * 1000).toISOString().replace('.000Z', 'Z'),
    [names.reason]: reason.slice(0, REASON_LIMIT),
    [names.originalFloor]: originalFloor,
    [names.setFloor]: String(setting.floor),
    ...(percent === undefined || original.utilization === undefined
      ? {}
      : {
          [names.originalUtilization]: String(Math.round(original.utilization * 100)),
          [names.setUtilization]: String(percent),
        }),
  };
  if (object.metadata.annotations === undefined) {
    return [{ op: 'add', path: '/metadata/annotations', value: marks }];
  }
  return Object.entries(marks).map(([name, value]) => ({ op: 'add', path: annotationPath(name), value }));
}

function removedMarks({ object, names }: ScaledReading): PatchOperation[] {
  const { annotations = {} } = object.metadata;
  const ours = Object.values(names).filter((name) => annotations[name] !== undefined);
  return ours.length === Object.keys(annotations).length
    ? [{ op: 'remove', path: '/metadata/annotations' }]
    : ours.map((name) => ({ op: 'remove', path: annotationPath(name) }));
}

function annotationPath(name: string): string {
  return `/metadata/annotations/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
