/** One row of the error table; `{name}` in `message` and `action` is filled from the error's details. */
export interface ErrorEntry {
  /** HTTP status; a command exits with 2 below 500 and with 1 from 500 on. */
  readonly status: number;
  /** What is wrong, and where. One sentence without a full stop. */
  readonly message: string;
  /** What to do about it. One sentence without a full stop. */
  readonly action: string;
}
