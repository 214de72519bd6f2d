import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { Client, credentials, status, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js';
import type { KedaTls } from '../../config/index.ts';
import { exampleFleet } from '../prometheus/fleet/exampleFleet.ts';
import { EXTERNAL_SCALER, type GetMetricsResponse } from './externalScaler.ts';
import { createKedaServer } from './kedaServer.ts';

const OPENSSL = '/usr/bin/openssl';
const NOW = 1_790_000_123;
let folder = '';

const file = (name: string): string => join(folder, name);
const pem = (name: string): Buffer => readFileSync(file(name));

function certificate(name: string, signer?: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file(`${name}.key`)];
  const signed =
    signer === undefined
      ? []
      : ['-CA', file(`${signer}.crt`), '-CAkey', file(`${signer}.key`), '-addext', 'subjectAltName=IP:127.0.0.1'];
  const names = ['-subj', `/CN=${name}`, '-days', '2', '-out', file(`${name}.crt`)];
  execFileSync(OPENSSL, ['req', '-x509', ...key, ...signed, ...names], { stdio: 'ignore' });
}

const trusting = (ca: string, client?: string): ChannelCredentials =>
  client === undefined
    ? credentials.createSsl(pem(`${ca}.crt`))
    : credentials.createSsl(pem(`${ca}.crt`), pem(`${client}.key`), pem(`${client}.crt`));

async function serving(test: TestContext, tls: KedaTls) {
  const looks = new Set<() => void>();
  const failures: unknown[] = [];
  const server = createKedaServer({
    fleet: exampleFleet({ nowSeconds: NOW }),
    access: { tokens: new Map(), isReadPublic: false },
    tls,
    isReady: () => true,
    watch: (look) => {
      looks.add(look);
      return () => looks.delete(look);
    },
    onFailure: (error) => failures.push(error),
  });
  test.after(() => server.close());
  const port = await server.listen('127.0.0.1', 0);
  return {
    server,
    failures,
    looks,
    look: () => {
      for (const each of looks) {
        each();
      }
    },
    /** The metric as a new client with these credentials has it. */
    metric: async (as: ChannelCredentials): Promise<number | undefined> => {
      const client = new Client(`127.0.0.1:${String(port)}`, as);
      const { path, requestSerialize, responseDeserialize } = EXTERNAL_SCALER.GetMetrics;
      const scaledObjectRef = { name: 'shop', namespace: 'default', scalerMetadata: { workload: 'shop-0' } };
      const request = { scaledObjectRef, metricName: 'headroom' };
      try {
        const answer = await new Promise<GetMetricsResponse>((resolve, reject) => {
          client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, given) => {
            if (error === null) {
              resolve(given!);
            } else {
              reject(error);
            }
          });
        });
        return answer.metricValues[0]?.metricValueFloat;
      } finally {
        client.close();
      }
    },
  };
}

const isUnavailable = (error: unknown): boolean => (error as ServiceError).code === status.UNAVAILABLE;

describe(
  'the external scaler with certificates',
  { skip: !existsSync(OPENSSL) && `${OPENSSL} not installed (apt-get install openssl)` },
  () => {
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'headroom-keda-'));
      for (const ca of ['ca', 'other-ca']) {
        certificate(ca);
      }
      certificate('server', 'ca');
      certificate('client', 'ca');
      certificate('stranger', 'other-ca');
      certificate('other-server', 'other-ca');
      writeFileSync(file('garbage.crt'), 'no certificate');
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const pair = (name = 'server'): KedaTls => ({
      certificateFile: file(`${name}.crt`),
      keyFile: file(`${name}.key`),
    });

    it('answers whoever trusts its certificate, and nobody who does not or who does not encrypt', async (test) => {
      const { metric } = await serving(test, pair());
      assert.equal(await metric(trusting('ca')), 7);
      await assert.rejects(metric(trusting('other-ca')), isUnavailable);
      await assert.rejects(metric(credentials.createInsecure()), isUnavailable);
    });

    it('answers only clients whose certificate is signed by the CA that is named', async (test) => {
      const { metric } = await serving(test, { ...pair(), clientCaFile: file('ca.crt') });
      assert.equal(await metric(trusting('ca', 'client')), 7);
      await assert.rejects(metric(trusting('ca')), isUnavailable);
      await assert.rejects(metric(trusting('ca', 'stranger')), isUnavailable);
      await assert.rejects(metric(credentials.createInsecure()), isUnavailable);
    });

    it('takes up certificates that rotate, and keeps the last good ones', async (test) => {
      const rotating = { ...pair('rotating'), clientCaFile: file('rotating-ca.crt') };
      const put = (server: string, ca: string): void => {
        writeFileSync(rotating.certificateFile, pem(`${server}.crt`));
        writeFileSync(rotating.keyFile, pem(`${server}.key`));
        writeFileSync(rotating.clientCaFile, pem(`${ca}.crt`));
      };
      put('server', 'ca');
      const { metric, look, failures, looks, server } = await serving(test, rotating);
      look();
      assert.equal(await metric(trusting('ca', 'client')), 7);
      put('other-server', 'other-ca');
      look();
      assert.equal(await metric(trusting('other-ca', 'stranger')), 7);
      await assert.rejects(metric(trusting('ca', 'client')), isUnavailable);
      writeFileSync(rotating.keyFile, pem('server.key'));
      look();
      look();
      assert.equal(failures.length, 1);
      assert.match((failures[0] as Error).message, /HEADROOM_KEDA_TLS_KEY/);
      assert.equal(await metric(trusting('other-ca', 'stranger')), 7);
      await server.close();
      assert.equal(looks.size, 0);
    });

    it('says at its start which file cannot be used', async (test) => {
      for (const [tls, named] of [
        [{ ...pair(), certificateFile: file('nowhere.crt') }, /HEADROOM_KEDA_TLS_CERT .*nowhere\.crt/],
        [{ ...pair(), certificateFile: file('garbage.crt') }, /HEADROOM_KEDA_TLS_CERT /],
        [{ ...pair(), keyFile: file('client.key') }, /HEADROOM_KEDA_TLS_KEY .*mismatch/],
        [{ ...pair(), keyFile: file('garbage.crt') }, /HEADROOM_KEDA_TLS_KEY /],
        [{ ...pair(), clientCaFile: file('garbage.crt') }, /HEADROOM_KEDA_TLS_CLIENT_CA /],
      ] as const) {
        await assert.rejects(serving(test, tls), { code: 'CONFIG_ENVIRONMENT_INVALID', message: named });
      }
    });
  }
);
