import { BlockList, isIP } from 'node:net';

export interface TrustedProxyOptions {
  /** In lower case. */
  readonly header: string;
  /** Addresses and networks such as `10.0.0.0/8`, checked before. */
  readonly networks: readonly string[];
}

/** Proxies whose word about who a person is counts, known by the address at the other end of the connection. */
export class TrustedProxy {
  readonly header: string;
  readonly #networks = new BlockList();

  constructor({ header, networks }: TrustedProxyOptions) {
    this.header = header;
    for (const network of networks) {
      const [address = '', prefix] = network.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      this.#networks.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
    }
  }

  isTrusted(peerAddress: string | undefined): boolean {
    const address = peerAddress?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? '';
    const version = isIP(address);
    return version !== 0 && this.#networks.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }
}
