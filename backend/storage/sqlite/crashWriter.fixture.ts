import { once } from 'node:events';
import { openSqliteStorage } from './openSqliteStorage.ts';
import { crashDecision, crashOutlook, crashScore, LEAD_SECONDS } from './crashRecords.fixture.ts';

/**
 * Run as a process of its own: `node crashWriter.fixture.ts FILE FIRST` writes records FIRST, FIRST + 1 ... and prints
 * a line for each write that was confirmed, until it is killed.
 */
const [file, first] = process.argv.slice(2) as [string, string];
const storage = await openSqliteStorage({ file });

async function confirm(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) {
    await once(process.stdout, 'drain');
  }
}

await confirm('ready');
for (let index = Number(first); ; index++) {
  await storage.saveOutlook(crashOutlook(index), LEAD_SECONDS);
  await confirm(`outlook ${index}`);
  await storage.appendDecision(crashDecision(index));
  await confirm(`decision ${index}`);
  await storage.addScores('w', [crashScore('requests'), crashScore('cpu')], index);
  await confirm(`scores ${index}`);
}
