import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { scalingResponseSchema, statusSchema, workloadSchema, workloadsResponseSchema } from '../contract/index.ts';
import { DEFAULTS } from '../backend/config/index.ts';
import { demoWorkloads } from '../backend/sources/index.ts';
import { startVirtualSidecar, type VirtualSidecar } from '../backend/virtualSidecar.fixture.ts';
import { DOCUMENTS, fenced } from './markdown.fixture.ts';

const NOW = 1_795_000_000;
const NAME = 'docs/acting/README.md';
const TOOLS = ['/usr/bin/curl', '/usr/bin/jq', '/bin/bash'];
const missing = TOOLS.filter((tool) => !existsSync(tool));
const { text } = DOCUMENTS.find(({ name }) => name === NAME)!;

describe(NAME, { skip: missing.length > 0 && `${missing.join(', ')} not installed` }, () => {
  let sidecar: VirtualSidecar;
  let address = '';
  before(async () => {
    const demo = demoWorkloads();
    const shown = demo.workloads.filter(({ name }) => ['search', 'checkout'].includes(name));
    // Which model foresees it is not what this is about.
    const declared = { ...demo, workloads: shown.map((each) => ({ ...each, forecast: { model: 'seasonal-naive' } })) };
    sidecar = await startVirtualSidecar({ declared, nowSeconds: NOW });
    await sidecar.turn();
    await sidecar.act();
    address = (await sidecar.app.listen({ host: '127.0.0.1', port: 0 })).replace('http://', '');
  });
  after(() => sidecar.close());

  it('shows commands that do what it says, one after the other', async () => {
    const blocks = fenced(text, 'sh');
    const marks = blocks.map((block, index) => `echo "== ${String(index)}"\n${block}`);
    const script = `set -euo pipefail\n${marks.join('\n').replaceAll('localhost:8370', address)}`;
    const { stdout } = await promisify(execFile)('/bin/bash', ['-c', script]);
    const outputs = stdout.split(/^== \d+$/m).slice(1);
    assert.equal(outputs.length, blocks.length);
    const said = outputs.join('\n');
    for (const [index, output] of outputs.entries()) {
      assert.ok(output.trim() !== '' && !/^null$/m.test(output), `${blocks[index]!}\n${output}`);
    }
    assert.match(said, /"mode": "approve"[\s\S]*"kind": "dry-run"/);
    assert.match(said, /\{"scope":"all","out":false,"in":true,"who":"local"[^\n]*incident 7/);
    assert.match(said, /"what": "change"[\s\S]*"outcome": "applied"/);
    assert.match(said, /"ACTING_NOT_OPEN"/);
    assert.match(said, /"proposedBy": "local"/);
    assert.match(said, /"what": "rollback"[\s\S]*"outcome": "applied"/);
    assert.match(said, /\["local","propose","done"\]/);
  });

  it('what is approved is applied and shown, until it is rolled back', async () => {
    const { acting } = statusSchema.parse(await sidecar.get('/api/v1/status'));
    assert.deepEqual([acting?.kind, acting?.pauses], ['acting', []]);
    const scaling = scalingResponseSchema.parse(await sidecar.get('/api/v1/workloads/checkout/scaling'));
    assert.equal(scaling.approved, null);
    await sidecar.act();
    const { workloads } = workloadsResponseSchema.parse(await sidecar.get('/api/v1/workloads'));
    const shown = Object.fromEntries(workloads.map(({ name, mode, scaling: stand }) => [name, [mode, stand?.floor]]));
    assert.deepEqual(shown, { checkout: ['approve', 6], search: ['approve', 8] });
    const checkout = workloads.find(({ name }) => name === 'checkout')?.scaling;
    assert.deepEqual(checkout, {
      isModeLocked: false,
      hasTarget: true,
      paused: { out: false, in: false, reason: '' },
      isFloorHeld: false,
      floor: 6,
      problem: null,
      lastAction: { at: NOW, kind: 'rollback', by: 'person', outcome: 'applied' },
    });
    const scraped = await sidecar.app.inject({ url: '/metrics', headers: { host: 'localhost' } });
    assert.match(scraped.body, /headroom_workload_mode\{workload="checkout",[^}]*mode="approve"\} 1/);
    assert.match(scraped.body, /headroom_workload_paused\{workload="checkout",[^}]*direction="in"\} 0/);
    assert.match(scraped.body, /headroom_workload_target_up\{workload="checkout",[^}]*\} 1/);
    assert.match(
      scraped.body,
      /headroom_workload_last_action_timestamp_seconds\{workload="checkout",[^}]*action="rollback",by="person",outcome="applied"\} 1795000000/
    );
  });
});

describe(`${NAME} and the code`, () => {
  const rows = [...text.matchAll(/^\| (`[^|]+`(?:, `[^|]+`)*) +\|/gm)].flatMap(([, names = '']) =>
    Array.from(names.matchAll(/`([\w.]+)`/g), ([, name = '']) => name)
  );

  it('lists every field of scaling', () => {
    const scaling = workloadSchema.shape.scaling;
    assert.ok(scaling instanceof z.ZodOptional);
    const { shape } = scaling.unwrap() as z.ZodObject;
    for (const field of Object.keys(shape)) {
      assert.ok(
        rows.some((name) => name === field || name.startsWith(`${field}.`)),
        `scaling.${field} is not among the guardrails`
      );
    }
  });

  it('tells the defaults that hold', () => {
    const { scaling, fleet, relaxedUtilization } = DEFAULTS;
    const told = (field: string) =>
      new RegExp(`^\\| [^|]*\`${field}\`[^|]*\\|[^|]*\\| *([^|]*?) *\\|$`, 'm').exec(text)?.[1];
    assert.deepEqual(told('stabilization'), `\`${String(scaling.stabilizationSeconds / 60)}m\``);
    assert.deepEqual(told('handBack'), `\`${String(scaling.handBackSeconds / 60)}m\``);
    assert.deepEqual(told('watch'), `\`${String(scaling.watchSeconds / 60)}m\``);
    assert.deepEqual(told('minHistory'), `\`${String(scaling.minHistorySeconds / 86_400)}d\``);
    assert.deepEqual(told('worth'), String(scaling.worth));
    assert.deepEqual(told('cooldown.out'), `\`0s\`, \`${String(scaling.cooldown.inSeconds / 60)}m\``);
    assert.deepEqual(told('relaxedUtilization'), `\`false\`, ${String(relaxedUtilization)}`);
    assert.match(text, new RegExp(`\`fleet.lowerShare\` \\(${String(fleet.lowerShare)}\\)`));
  });
});
