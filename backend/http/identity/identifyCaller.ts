import type { FastifyRequest } from 'fastify';
import type { Permission } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { authorise, type Access } from '../authorise.ts';
import type { Caller } from '../caller.ts';
import { grafanaIdentity } from './grafanaIdentity.ts';
import type { People } from './people.ts';
import { isPersonName, type Person } from './person.ts';

const GRAFANA_HEADER = 'x-grafana-id';

/**
 * Who asks: what the token grants, and the person where one is proven.
 *
 * Where people can be proven, what needs more than `read` needs a person as well as a token: without one it throws
 * API_IDENTITY_MISSING, API_IDENTITY_INVALID or API_IDENTITY_UNAVAILABLE. Reads go on without and wait for nobody.
 */
export async function identifyCaller(request: FastifyRequest, permission: Permission, access: Access): Promise<Caller> {
  const machine = authorise(request, permission, access);
  if (access.people === undefined) {
    return machine;
  }
  const isRead = permission === 'read';
  try {
    return { ...(await personOf(request, permission, access.people, !isRead)), permission: machine.permission };
  } catch (error) {
    if (isRead && error instanceof HeadroomError) {
      return machine;
    }
    throw error;
  }
}

async function personOf(
  request: FastifyRequest,
  permission: Permission,
  { grafana, proxy }: People,
  canWait: boolean
): Promise<Person> {
  const signed = grafana === undefined ? undefined : onlyValue(request, GRAFANA_HEADER);
  if (grafana !== undefined && signed !== undefined) {
    return grafanaIdentity(signed, grafana, canWait);
  }
  const named = proxy?.isTrusted(request.socket.remoteAddress) === true ? onlyValue(request, proxy.header) : undefined;
  if (proxy !== undefined && named !== undefined) {
    // Node reads headers as latin1, proxies write UTF-8.
    const name = Buffer.from(named, 'latin1').toString().trim();
    if (!isPersonName(name)) {
      throw new HeadroomError('API_IDENTITY_INVALID', { header: proxy.header, reason: 'it holds no name' });
    }
    return { name, via: 'proxy' };
  }
  throw new HeadroomError('API_IDENTITY_MISSING', { permission });
}

/** A header that came more than once has no value to believe: which of them a proxy added cannot be told. */
function onlyValue(request: FastifyRequest, header: string): string | undefined {
  const { rawHeaders } = request.raw;
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === header);
  if (values.length > 1) {
    throw new HeadroomError('API_IDENTITY_INVALID', { header, reason: 'it was sent more than once' });
  }
  return values[0];
}
