import type { Caller } from '../caller.ts';

/** Whom an identity names. */
export type Person = Pick<Caller, 'name' | 'subject'> & { readonly via: 'grafana' | 'proxy' };

const MAX_NAME_LENGTH = 200;

/** Whether a text can stand as a name in the audit: printable, of bounded length, without a blank at its ends. */
export function isPersonName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && /^[^\p{C}\p{Z}]+(?: [^\p{C}\p{Z}]+)*$/u.test(text);
}
