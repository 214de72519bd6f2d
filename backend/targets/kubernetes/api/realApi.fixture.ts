import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../exams/freePort.ts';
import { makeCertificates } from './certificates.fixture.ts';
import { crdOf, RENAMED, RESOURCES } from './crds.fixture.ts';
import { askUpstream, type Upstream } from './faultyProxy.fixture.ts';

/** Where `.ci/kubernetesApi.sh` puts what it builds. */
const SERVER =
  process.env['HEADROOM_KUBERNETES_API'] ?? join(homedir(), '.cache/headroom/apiextensions-apiserver-v0.31.4');

/** Why tests against the real API machinery skip here, or `false` where they don't. */
export function realApiMissing(): string | false {
  const paths = (process.env['PATH'] ?? '').split(delimiter);
  const tools = ['etcd', 'openssl'].filter((tool) => !paths.some((path) => existsSync(join(path, tool))));
  const missing = [...tools, ...(existsSync(SERVER) ? [] : ['the API server'])];
  return (
    missing.length > 0 && `${missing.join(' and ')} not there (.ci/kubernetesApi.sh gets them, with Go 1.22 or newer)`
  );
}

export interface RealApi extends Upstream {
  /** A kubeconfig for kubectl: the API machinery itself, under the groups that it serves. */
  readonly kubeconfig: string;
  readonly directory: string;
  stop(): Promise<void>;
}

/** Kubernetes' own API machinery over etcd on free loopback ports; resolves when it serves every resource. */
export async function startRealApi(): Promise<RealApi> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-kubernetes-'));
  const file = (name: string) => join(directory, name);
  await makeCertificates(directory);
  const [etcdPort, peerPort, port] = [await freePort(), await freePort(), await freePort()];
  const url = `https://127.0.0.1:${port}`;
  const kubeconfig = file('kubeconfig');
  await writeFile(kubeconfig, kubeconfigText(url, directory));
  const etcd = start('etcd', [
    `--data-dir=${file('etcd')}`,
    `--listen-client-urls=http://127.0.0.1:${etcdPort}`,
    `--advertise-client-urls=http://127.0.0.1:${etcdPort}`,
    `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-cluster=default=http://127.0.0.1:${peerPort}`,
    '--unsafe-no-fsync',
  ]);
  const server = start(SERVER, [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--tls-cert-file=${file('server.crt')}`,
    `--tls-private-key-file=${file('server.key')}`,
    `--client-ca-file=${file('ca.crt')}`,
    '--authentication-skip-lookup',
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--kubeconfig=${kubeconfig}`,
    '--enable-priority-and-fairness=false',
    '--disable-admission-plugins=NamespaceLifecycle,MutatingAdmissionWebhook,ValidatingAdmissionWebhook,ValidatingAdmissionPolicy',
  ]);
  const agent = new Agent({
    ca: await readFile(file('ca.crt')),
    cert: await readFile(file('client.crt')),
    key: await readFile(file('client.key')),
    keepAlive: true,
  });
  const upstream: Upstream = { url, agent, renamed: RENAMED };
  const stop = async () => {
    agent.destroy();
    for (const child of [server, etcd]) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await until(() => answers(`${url}/apis/apiextensions.k8s.io/v1/customresourcedefinitions`, agent), [etcd, server]);
    for (const resource of RESOURCES) {
      await askUpstream(upstream, {
        method: 'POST',
        path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
        body: JSON.stringify(crdOf(resource)),
      });
    }
    await until(async () => {
      const served = await Promise.all(
        RESOURCES.map(({ group, version, plural }) =>
          answers(`${url}/apis/${group}/${version}/namespaces/exam/${plural}`, agent)
        )
      );
      return served.every(Boolean);
    }, [etcd, server]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...upstream, kubeconfig, directory, stop };
}

interface Started extends ChildProcess {
  log: string;
}

function start(command: string, args: readonly string[]): Started {
  const child = Object.assign(spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] }), { log: '' });
  child.stderr.on('data', (chunk: Buffer) => {
    child.log = `${child.log}${chunk.toString()}`.slice(-2000);
  });
  return child;
}

/** A server tells by its answers alone when it is ready. */
async function until(isReady: () => Promise<boolean>, children: readonly Started[]): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const ended = children.find(({ exitCode }) => exitCode !== null);
    if (ended !== undefined) {
      throw new Error(`the server ended: ${ended.log}`);
    }
    if (await isReady()) {
      return;
    }
    await sleep(50);
  }
  throw new Error(`the server is not ready: ${children.map(({ log }) => log).join('\n')}`);
}

async function answers(url: string, agent: Agent): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  request(url, { agent }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  })
    .on('error', () => {
      resolve(false);
    })
    .end();
  return promise;
}

function kubeconfigText(server: string, directory: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'exam',
    clusters: [{ name: 'exam', cluster: { server, 'certificate-authority': join(directory, 'ca.crt') } }],
    users: [
      {
        name: 'exam',
        user: {
          'client-certificate': join(directory, 'client.crt'),
          'client-key': join(directory, 'client.key'),
        },
      },
    ],
    contexts: [{ name: 'exam', context: { cluster: 'exam', user: 'exam' } }],
  });
}
