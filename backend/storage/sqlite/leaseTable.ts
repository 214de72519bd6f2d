import type { Lease, LeaseAsk, LeaseGrant } from '../lease.ts';
import { leaseExpiry } from '../leaseExpiry.ts';
import { leaseOfOther } from '../leaseOfOther.ts';
import type { Database } from './database.ts';

/** Leases by name. A row stays for good, so that its token never comes twice; one without a holder is released. */
export class LeaseTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async acquire(ask: LeaseAsk): Promise<Lease> {
    const { name, holder, nowSeconds } = ask;
    const expiresSeconds = leaseExpiry(ask);
    return this.#database.write(
      () => {
        const given = this.#database.get(
          `INSERT INTO lease (name, holder, token, expires_at) VALUES (?, ?, 1, ?)
           ON CONFLICT (name) DO UPDATE
             SET holder = excluded.holder, token = token + 1, expires_at = excluded.expires_at
             WHERE holder IS NULL OR holder = excluded.holder OR expires_at <= ?
           RETURNING token`,
          name,
          holder,
          expiresSeconds,
          nowSeconds
        );
        return given === undefined
          ? this.#ofOther(name, nowSeconds)
          : { held: true, token: Number(given['token']), expiresSeconds };
      },
      { isDurable: true }
    );
  }

  async renew(ask: LeaseAsk & LeaseGrant): Promise<Lease> {
    const { name, holder, token, nowSeconds } = ask;
    const expiresSeconds = leaseExpiry(ask);
    return this.#database.write(
      () => {
        const renewed = this.#database.run(
          'UPDATE lease SET expires_at = ? WHERE name = ? AND holder = ? AND token = ? AND expires_at > ?',
          expiresSeconds,
          name,
          holder,
          token,
          nowSeconds
        );
        return renewed === 0 ? this.#ofOther(name, nowSeconds) : { held: true, token, expiresSeconds };
      },
      { isDurable: true }
    );
  }

  release({ name, holder, token }: LeaseGrant): Promise<void> {
    return this.#database.write(
      () => {
        this.#database.run(
          'UPDATE lease SET holder = NULL WHERE name = ? AND holder = ? AND token = ?',
          name,
          holder,
          token
        );
      },
      { isDurable: true }
    );
  }

  #ofOther(name: string, nowSeconds: number): Lease {
    return leaseOfOther(this.#database.get('SELECT holder, expires_at FROM lease WHERE name = ?', name), nowSeconds);
  }
}
