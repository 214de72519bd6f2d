import type { Lease, LeaseAsk, LeaseGrant } from '../lease.ts';
import { leaseExpiry } from '../leaseExpiry.ts';
import { leaseOfOther } from '../leaseOfOther.ts';
import type { PostgresDatabase, Transaction } from './postgresDatabase.ts';

/** Leases by name. A row stays for good, so that its token never comes twice; one without a holder is released. */
export class LeaseTable {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async acquire(ask: LeaseAsk): Promise<Lease> {
    const { name, holder, nowSeconds } = ask;
    const expiresSeconds = leaseExpiry(ask);
    return this.#database.write(
      async (transaction) => {
        // Who comes second waits for the row of the first, and decides by what that one left in it.
        const [given] = await transaction.all(
          `INSERT INTO lease AS kept (name, holder, token, expires_at) VALUES ($1, $2, 1, $3)
           ON CONFLICT (name) DO UPDATE
             SET holder = excluded.holder, token = kept.token + 1, expires_at = excluded.expires_at
             WHERE kept.holder IS NULL OR kept.holder = excluded.holder OR kept.expires_at <= $4
           RETURNING token`,
          name,
          holder,
          expiresSeconds,
          nowSeconds
        );
        return given === undefined
          ? ofOther(transaction, name, nowSeconds)
          : { held: true, token: Number(given['token']), expiresSeconds };
      },
      { isDurable: true }
    );
  }

  async renew(ask: LeaseAsk & LeaseGrant): Promise<Lease> {
    const { name, holder, token, nowSeconds } = ask;
    const expiresSeconds = leaseExpiry(ask);
    return this.#database.write(
      async (transaction) => {
        const renewed = await transaction.run(
          'UPDATE lease SET expires_at = $1 WHERE name = $2 AND holder = $3 AND token = $4 AND expires_at > $5',
          expiresSeconds,
          name,
          holder,
          token,
          nowSeconds
        );
        return renewed === 0 ? ofOther(transaction, name, nowSeconds) : { held: true, token, expiresSeconds };
      },
      { isDurable: true }
    );
  }

  async release({ name, holder, token }: LeaseGrant): Promise<void> {
    await this.#database.write(
      ({ run }) =>
        run('UPDATE lease SET holder = NULL WHERE name = $1 AND holder = $2 AND token = $3', name, holder, token),
      { isDurable: true }
    );
  }
}

async function ofOther({ all }: Transaction, name: string, nowSeconds: number): Promise<Lease> {
  const [row] = await all('SELECT holder, expires_at FROM lease WHERE name = $1', name);
  return leaseOfOther(row, nowSeconds);
}
