import type { Reason } from '../../../contract/index.ts';

/** A reason in words, with the numbers it stands on. */
export function reasonOf(code: string, text: string, values?: Readonly<Record<string, number>>): Reason {
  return { code, text, ...(values === undefined ? {} : { values: { ...values } }) };
}
