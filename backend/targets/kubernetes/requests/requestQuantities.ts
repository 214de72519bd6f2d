import { REQUEST_KINDS, type RequestKind, type RequestSetting } from '../../../scaling/index.ts';
import { parseQuantity } from '../../../timeseries/index.ts';

const MEBIBYTE = 2 ** 20;

/** Cores as millicores and bytes as Kubernetes writes them, rounded up: never less than asked for. */
export function requestText(kind: RequestKind, value: number): string {
  if (kind === 'cpu') {
    return `${String(Math.ceil(value * 1000 - 1e-6))}m`;
  }
  const bytes = Math.ceil(value - 1e-6);
  return bytes % MEBIBYTE === 0 ? `${String(bytes / MEBIBYTE)}Mi` : String(bytes);
}

/** As it will be read back. */
export function asWritten(setting: RequestSetting): RequestSetting {
  return settingOf(Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, textOf(kind, setting)])));
}

/** Quantities of a container as numbers; what is missing, or is none, is absent. */
export function settingOf(
  quantities: Readonly<Record<string, string | number | undefined>> | undefined
): RequestSetting {
  return Object.fromEntries(
    REQUEST_KINDS.flatMap((kind) => {
      const text = quantities?.[kind];
      const value = typeof text === 'string' ? parseQuantity(text) : text;
      return value === undefined || !Number.isFinite(value) ? [] : [[kind, value] as const];
    })
  );
}

export function isSameSetting(one: RequestSetting, other: RequestSetting): boolean {
  return REQUEST_KINDS.every((kind) => one[kind] === other[kind]);
}

function textOf(kind: RequestKind, setting: RequestSetting): string | undefined {
  const value = setting[kind];
  return value === undefined ? undefined : requestText(kind, value);
}
