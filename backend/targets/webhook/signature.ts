import { createHmac } from 'node:crypto';

/**
 * `v1=` and HMAC-SHA-256 of `timestamp.body` in hex, as Stripe and Svix sign.
 *
 * `timestamp`: epoch seconds, so that a receiver can refuse what is replayed later.
 */
export function signature(secret: string, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
