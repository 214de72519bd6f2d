import { ERROR_TABLE, type ErrorCode } from './table.ts';

/** What an error message names: file, line, column, field, value ... each fills `{name}` in the table's message. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The one error class: a code of the table, its message filled with `details`, and what to do about it.
 *
 * `status` is the HTTP status, `exitCode` the command's; `details` must hold no secret, since they reach the wire.
 */
export class HeadroomError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fillTemplate(ERROR_TABLE[code].message, details), options);
    this.name = 'HeadroomError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_TABLE[this.code].status;
  }

  get exitCode(): number {
    return ERROR_TABLE[this.code].status < 500 ? 2 : 1;
  }

  get action(): string {
    return fillTemplate(ERROR_TABLE[this.code].action, this.details);
  }
}

function fillTemplate(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}
