import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseWorkloadsFile } from '../backend/config/index.ts';
import { readText, readYaml, ROOT } from './readFiles.ts';
import { composeFileSchema } from './schemas/compose.ts';

const compose = composeFileSchema.parse(readYaml('docker-compose.yaml'));
const services = Object.entries(compose.services);
const dockerfile = readText('Dockerfile');
const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, name = '']) => name);

test('what services depend on is there and can come about', () => {
  for (const [name, { depends_on: dependencies = {} }] of services) {
    for (const [other, { condition }] of Object.entries(dependencies)) {
      const service = compose.services[other];
      assert.ok(service !== undefined, `${name} depends on ${other}`);
      if (condition === 'service_healthy') {
        const isChecked = service.healthcheck === undefined ? other === 'headroom' : 'test' in service.healthcheck;
        assert.ok(isChecked, `${name} waits for the health of ${other}, which has no check`);
      }
      if (condition === 'service_completed_successfully') {
        assert.ok(service.restart === undefined || service.restart === 'no', `${other} must end, not restart`);
      }
    }
  }
});

test('volumes and configs are declared, and folders that are mounted exist', () => {
  const used = new Set<string>();
  for (const [name, { volumes = [], configs = [] }] of services) {
    for (const volume of volumes) {
      const source = volume.split(':')[0] ?? '';
      if (source.startsWith('.')) {
        assert.ok(existsSync(join(ROOT, source)), `${name}: ${source}`);
      } else {
        assert.ok(source in compose.volumes, `${name}: ${source}`);
        used.add(source);
      }
    }
    for (const { source, target } of configs) {
      assert.ok(source in compose.configs, `${name}: ${source}`);
      const isUnderMount = volumes.some((volume) => target.startsWith(`${volume.split(':')[1] ?? ''}/`));
      assert.ok(!isUnderMount, `${name}: ${target} lies in a mounted folder, where it can't be put`);
    }
  }
  assert.deepEqual([...used].sort(), Object.keys(compose.volumes).sort());
});

test('images carry a version, builds name a stage of the Dockerfile', () => {
  for (const [name, { image = '', build }] of services) {
    if (build !== undefined) {
      assert.ok(stages.includes(build.target ?? ''), `${name}: ${String(build.target)}`);
    }
    const isBuilt = services.some(([, service]) => service.build !== undefined && service.image === image);
    if (isBuilt && build === undefined) {
      assert.equal(compose.services[name]?.pull_policy, 'never', `${name}: ${image} is built here, no registry has it`);
    }
    const reference = /^\$\{[A-Z_]+:-(.+)\}$/.exec(image)?.[1] ?? image;
    assert.ok(isBuilt || /:v?\d+\.\d+/.test(reference), `${name}: ${image} has no version`);
  }
});

test('every port is on loopback: the tokens of the demo are known to all', () => {
  for (const [name, { ports = [] }] of services) {
    for (const port of ports) {
      assert.match(port, /^127\.0\.0\.1:(\d+|\$\{[A-Z_]+:-\d+\}):\d+$/, name);
    }
  }
});

test('the sidecar runs without rights that it has no need of', () => {
  for (const name of ['headroom', 'exporter']) {
    const service = compose.services[name];
    assert.equal(service?.read_only, true, name);
    assert.deepEqual(service.cap_drop, ['ALL'], name);
    assert.ok(service.security_opt?.includes('no-new-privileges:true'), name);
  }
});

test('commands are commands of headroom', () => {
  const verbs = services
    .filter(([, { image }]) => image === 'headroom:local')
    .map(([, { command }]) => (Array.isArray(command) ? (command[0] ?? '') : ''));
  assert.ok(verbs.length > 0);
  for (const verb of new Set(verbs)) {
    const run = spawnSync(process.execPath, ['backend/cli.ts', verb, '--help'], { cwd: ROOT, encoding: 'utf8' });
    assert.match(run.stdout, new RegExp(`^Usage: headroom ${verb} `), `headroom ${verb}: ${run.stderr}`);
  }
});

test('the workloads file of the compose setup is valid', () => {
  const parsed = parseWorkloadsFile(readText('provisioning/headroom/workloads.yaml'));
  assert.ok(parsed.isValid, JSON.stringify(parsed));
});

test('docker compose accepts the file', (t) => {
  const version = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
  if (version.status !== 0) {
    t.skip('no docker client with compose here: only this project’s own schema was applied');
    return;
  }
  const config = spawnSync('docker', ['compose', '-f', 'docker-compose.yaml', 'config', '--quiet'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(config.status, 0, config.stderr);
});

test('promtool accepts the configuration of Prometheus and its rules', (t) => {
  const promtool = spawnSync(
    'promtool',
    ['check', 'config', '--syntax-only', join(ROOT, 'provisioning/prometheus/prometheus.yml')],
    { encoding: 'utf8' }
  );
  if (promtool.error !== undefined) {
    t.skip('no promtool here');
    return;
  }
  assert.equal(promtool.status, 0, promtool.stderr);
});

test('Prometheus reads its token from where compose puts it', () => {
  const targets = compose.services['prometheus']?.configs?.map(({ target }) => target) ?? [];
  const asked = [...readText('provisioning/prometheus/prometheus.yml').matchAll(/credentials_file: (\S+)/g)];
  assert.ok(asked.length > 0);
  for (const [, file = ''] of asked) {
    assert.ok(targets.includes(file), file);
  }
});

test('the image of the sidecar: not root, with a health check, a graceful stop, and no secret', () => {
  const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  assert.match(final, /^FROM \S+ AS headroom$/m, 'the last stage is the default one');
  const user = /^USER (\d+):(\d+)$/m.exec(final);
  assert.ok(user !== null && Number(user[1]) > 0, 'a number, so that Kubernetes can tell that it is not root');
  assert.match(final, /^HEALTHCHECK .*\n?.*\/healthz/m);
  assert.match(final, /^STOPSIGNAL SIGTERM$/m);
  assert.match(final, /^ENTRYPOINT \["node", /m, 'no shell in between: signals arrive');
  assert.match(final, /^VOLUME \/var\/lib\/headroom$/m);
  assert.doesNotMatch(dockerfile, /^(ARG|ENV).*(TOKEN|PASSWORD|SECRET|KEY)/im);
  assert.doesNotMatch(dockerfile, /^ADD https?:|curl |wget /m);
});

test('what the image copies is in the checkout and not left out by .dockerignore', () => {
  const ignored = readText('.dockerignore').split('\n').filter(Boolean);
  for (const [, line = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)) {
    for (const path of line.split(' ').slice(0, -1)) {
      const file = join(ROOT, path);
      assert.ok(existsSync(file), path);
      assert.ok(
        !statSync(file).isDirectory() || readdirSync(file).length > 0,
        `${path} is empty: git has no such folder`
      );
      assert.ok(!ignored.includes(path), `${path} is ignored`);
    }
  }
  for (const secret of ['.git', '.headroom', '**/.env*', '**/node_modules']) {
    assert.ok(ignored.includes(secret), secret);
  }
});
