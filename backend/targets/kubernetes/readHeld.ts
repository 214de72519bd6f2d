import { HeadroomError } from '../../errors/index.ts';
import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import type { Held } from '../held/held.ts';
import { heldState } from '../held/heldState.ts';
import { annotationNames, UNSET, type AnnotationNames } from './annotations.ts';
import { contentVersion } from './contentVersion.ts';
import { fieldManagers } from './fieldManagers.ts';
import type { KubernetesObject } from './kubernetesObject.ts';
import type { ScaledDetails, ScaledKind } from './scaledKind.ts';

/** An object as a target: its state, and what is needed to change it. */
export interface ScaledReading {
  readonly object: KubernetesObject;
  readonly details: ScaledDetails;
  readonly names: AnnotationNames;
  readonly state: TargetState;
  /** The floor as it is written now: a number, or that it is left out. */
  readonly writtenFloor: string;
  /** The floor as its owner wrote it. */
  readonly originalFloor: string;
}

const INTEGER = /^\d{1,15}$/;

/** Reads an object; throws TARGET_FAILED where it is none of the kind, or bears marks that make no sense. */
export function readHeld(
  target: string,
  kind: ScaledKind,
  object: KubernetesObject,
  foundOwner?: string
): ScaledReading {
  const names = annotationNames(kind.floor.annotation);
  const described = kind.describe(target, object);
  const details = foundOwner === undefined ? described : { ...described, owner: foundOwner };
  const written = object.spec[kind.floor.field] ?? undefined;
  if (written !== undefined && (typeof written !== 'number' || !Number.isSafeInteger(written) || written < 0)) {
    throw new HeadroomError('TARGET_FAILED', {
      target,
      reason: `its spec.${kind.floor.field} is no number of replicas`,
    });
  }
  const now = settingOf(written ?? kind.floor.byDefault, details.utilization?.percent);
  const { annotations = {} } = object.metadata;
  const isMarked = Object.values(names).some((name) => annotations[name] !== undefined);
  const held = isMarked ? parseHeld(names, annotations, kind.floor.byDefault) : undefined;
  const damage =
    isMarked && held === undefined
      ? ['its annotations of Headroom were changed by hand, so what it is set to counts as what its owner set']
      : [];
  const { ceiling, replicas, paused, owner } = details;
  const state = heldState(now, held ?? (isMarked ? damagedHeld(names, annotations, now) : undefined), {
    ...(ceiling === undefined ? {} : { ceiling }),
    ...(replicas === undefined ? {} : { replicas }),
    ...(paused === undefined ? {} : { paused }),
    version: contentVersion(object),
    isSoleOwner: kind.isSoleOwner && owner === undefined,
    conflicts: [
      ...damage,
      ...(owner === undefined ? [] : [`it is scaled by ${owner}`]),
      ...fieldManagers(object, kind.floor.field),
      ...(details.conflicts ?? []),
    ],
  });
  const isOurs = held?.setting.floor === now.floor;
  const writtenFloor = written === undefined ? UNSET : String(written);
  const originalFloor = isOurs ? annotations[names.originalFloor]! : writtenFloor;
  return { object, details, names, state, writtenFloor, originalFloor };
}

function settingOf(floor: number, percent: number | undefined): TargetSetting {
  return { floor, ...(percent === undefined ? {} : { utilization: percent / 100 }) };
}

function parseHeld(
  names: AnnotationNames,
  annotations: Readonly<Record<string, string>>,
  byDefault: number
): Held | undefined {
  const text = (name: keyof AnnotationNames) => annotations[names[name]] ?? '';
  const holdUntilMs = Date.parse(text('holdUntil'));
  const required = [text('fence'), text('setFloor')];
  const isOriginal = text('originalFloor') === UNSET || INTEGER.test(text('originalFloor'));
  if (
    text('action') === '' ||
    Number.isNaN(holdUntilMs) ||
    !isOriginal ||
    !required.every((part) => INTEGER.test(part))
  ) {
    return undefined;
  }
  const percentOf = (name: keyof AnnotationNames) => (INTEGER.test(text(name)) ? Number(text(name)) : undefined);
  return {
    action: text('action'),
    fence: Number(text('fence')),
    holdUntilSeconds: holdUntilMs / 1000,
    setting: settingOf(Number(text('setFloor')), percentOf('setUtilization')),
    original: settingOf(
      text('originalFloor') === UNSET ? byDefault : Number(text('originalFloor')),
      percentOf('originalUtilization')
    ),
  };
}

/** Held in name only: nothing but the annotations would be given back, at once, and no fence is lost. */
function damagedHeld(names: AnnotationNames, annotations: Readonly<Record<string, string>>, now: TargetSetting): Held {
  const fence = annotations[names.fence] ?? '';
  return {
    action: '',
    fence: INTEGER.test(fence) ? Number(fence) : 0,
    holdUntilSeconds: 0,
    setting: now,
    original: now,
  };
}
