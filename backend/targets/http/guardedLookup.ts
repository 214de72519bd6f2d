import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isMetadataAddress } from '../../config/index.ts';

/** Why no connection was made: a name leads to where credentials are handed out. */
export class MetadataAddress extends Error {}

/** Looks names up as `resolve` does (Node by default), and refuses those that lead to a link-local or metadata address. */
export function guardedLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
      } else if (addresses.some(({ address }) => isMetadataAddress(address))) {
        callback(new MetadataAddress(), '');
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
      }
    });
  };
}
