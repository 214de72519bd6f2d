/** One step of a database's schema; forward only. */
export interface Migration<Fill = undefined> {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** What SQL cannot do, after it, in the same transaction. */
  readonly fill?: Fill;
}
