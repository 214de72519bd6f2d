import type { LeaseAsk } from './lease.ts';

/** When a lease that is given now ends; throws a RangeError for an ask that no clock or holder can mean. */
export function leaseExpiry({ name, holder, nowSeconds, ttlSeconds }: LeaseAsk): number {
  if (name === '' || holder === '') {
    throw new RangeError('a lease needs a name and a holder');
  }
  const expiresSeconds = nowSeconds + ttlSeconds;
  // A duration that the time swallows would give a lease that has ended already.
  if (!Number.isFinite(expiresSeconds) || !(ttlSeconds > 0) || expiresSeconds <= nowSeconds) {
    throw new RangeError(`a lease from ${nowSeconds} for ${ttlSeconds} seconds is not possible`);
  }
  return expiresSeconds;
}
