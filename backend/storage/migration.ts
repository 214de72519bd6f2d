/** One step of a database's schema; forward only. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
