// `ACTING_SEQUENCES=20000 node .ci/actingSequences.ts`: random sequences of loads, faults and clicks against the law of acting, at least ten thousand. CI plays the same ones for each change; others come with `ACTING_SEED`, `random` for new ones, and `ACTING_PATH` plays a failed one again.
import { checkActingSequences } from '../backend/control/acting/actingModel.fixture.ts';

const sequences = Number(process.env['ACTING_SEQUENCES'] ?? 10_000);
if (!Number.isInteger(sequences) || sequences < 1) {
  process.stderr.write('ACTING_SEQUENCES has to be a whole number of sequences, at least 1\n');
  process.exit(1);
}
if (process.env['ACTING_SEED'] === 'random') {
  delete process.env['ACTING_SEED'];
} else {
  process.env['ACTING_SEED'] ??= '20261129';
}
await checkActingSequences(sequences);
const { user, system } = process.cpuUsage();
const seconds = ((user + system) / 1e6).toFixed(0);
process.stdout.write(`${String(sequences)} sequences: the law of acting holds in each (${seconds} CPU s)\n`);
