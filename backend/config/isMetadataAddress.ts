import { BlockList, isIP } from 'node:net';

const addresses = new BlockList();
// Link-local, where clouds put the keys of the machine: AWS, GCP, Azure, and the rest.
addresses.addSubnet('169.254.0.0', 16, 'ipv4');
addresses.addSubnet('fe80::', 10, 'ipv6');
// AWS over IPv6, Alibaba Cloud, Oracle Cloud.
addresses.addAddress('fd00:ec2::254', 'ipv6');
addresses.addAddress('100.100.100.200', 'ipv4');
addresses.addAddress('192.0.0.192', 'ipv4');

/** Whether an IP address is link-local or that of a cloud's metadata, which hands out credentials; false for names. */
export function isMetadataAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && addresses.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}
