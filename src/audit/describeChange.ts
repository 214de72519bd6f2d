import type { Decision } from '../../contract/api.ts';
import { t } from '../translations';

/** What a decision changed, in one line: `floor: 6 → 12`; empty where it changed nothing that has a value. */
export function describeChange({ before, after }: Pick<Decision, 'before' | 'after'>): string {
  const from = plainFields(before);
  const to = plainFields(after);
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => name !== 'recommendation');
  return names
    .map((name) => {
      const [was, is] = [from.get(name), to.get(name)];
      return was === is || was === undefined
        ? `${name}: ${is ?? was ?? ''}`
        : `${name}: ${was} → ${is ?? t('decision.unset', 'not set')}`;
    })
    .join(', ');
}

/** The recommendation that a decision answers, where it names one. */
export function recommendationOf({ before, after }: Pick<Decision, 'before' | 'after'>): string | null {
  for (const value of [after, before]) {
    const id = isRecord(value) ? value.recommendation : undefined;
    if (typeof id === 'string') {
      return id;
    }
  }
  return null;
}

function plainFields(value: unknown): Map<string, string> {
  const fields = new Map<string, string>();
  if (!isRecord(value)) {
    return fields;
  }
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean') {
      fields.set(name, String(field));
    }
  }
  return fields;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
