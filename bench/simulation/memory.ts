// Draws 100,000 paths in a process of its own and prints its greatest resident memory in MB.
import { drawPaths } from './pathsJob.ts';

drawPaths(Number(process.argv[2]), 1);
process.stdout.write(`${String(process.resourceUsage().maxRSS / 1000)}\n`);
