// `FUZZED_INPUTS=1000000 npm run fuzz:check`: inputs of any kind to the Prometheus API, a hundred thousand unless told otherwise; three quarters are queries, the others bodies.
import './properties.ts';
import { checkAnyBody, checkAnyQuery } from '../backend/http/prometheus/fuzz.fixture.ts';

const inputs = Number(process.env['FUZZED_INPUTS'] ?? 100_000);
if (!Number.isInteger(inputs) || inputs < 4) {
  process.stderr.write('FUZZED_INPUTS has to be a whole number of inputs, at least 4\n');
  process.exit(1);
}
const bodies = Math.floor(inputs / 4);
await checkAnyQuery(inputs - bodies);
await checkAnyBody(bodies);
const { user, system } = process.cpuUsage();
const seconds = ((user + system) / 1e6).toFixed(0);
process.stdout.write(`${String(inputs)} inputs: each has a result or a coded error (${seconds} CPU s)\n`);
