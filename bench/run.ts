// `npm run bench [-- NAME...] [--json]`: each hot path beside its peer, alternating in one run; ratios with their spread.
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Bench } from './bench.ts';

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const folder = new URL('.', import.meta.url);

const benches: Bench[] = [];
for (const file of (await readdir(folder)).sort()) {
  if (file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'run.ts' && file !== 'bench.ts') {
    const { bench } = (await import(new URL(file, folder).href)) as { bench?: Bench };
    if (bench !== undefined) {
      benches.push(bench);
    }
  }
}
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `bench: there is no bench ${unknown.join(', ')}; there are ${benches.map((each) => each.name).join(', ')}\n`
  );
  process.exit(2);
}

const results = [];
for (const bench of benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  process.stderr.write(`${bench.name} ...\n`);
  const { rows, missing } = await bench.run();
  results.push({ bench: bench.name, rows, missing });
  if (isJson) {
    continue;
  }
  for (const row of rows) {
    const [low, high] = row.spread;
    process.stdout.write(
      `${bench.name}: ${row.name}: ratio ${row.ratio.toPrecision(3)} (${low.toPrecision(3)} to ${high.toPrecision(3)}); ` +
        `ours ${row.ours.toPrecision(4)}, peer ${row.peer.toPrecision(4)} ${row.unit ?? ''}\n`
    );
  }
  for (const peer of missing) {
    process.stdout.write(`${bench.name}: missing peer: ${peer}\n`);
  }
}
if (isJson) {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`);
}
