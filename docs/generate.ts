// `npm run docs` writes the documents that are made from the code; with --check it says which are out of date.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { runCli } from '../backend/cli.ts';
import { ERROR_TABLE } from '../backend/errors/index.ts';
import { workloadsFileSchema } from '../contract/index.ts';
import { BUILT_IN_SCENARIOS } from '../backend/simulation/index.ts';
import { COMMAND_EXAMPLES } from './commandExamples.ts';
import { scenarioPicture } from './scenarioPicture.ts';
import { scenariosDocument } from './scenariosDocument.ts';

const COMMANDS = [
  'serve',
  'forecast',
  'backtest',
  'train',
  'simulate',
  'replay',
  'experiment',
  'report',
  'check-config',
  'remote-read-config',
  'alert-rules',
  'demo-exporter',
  'promqltest',
  'release',
  'copy-storage',
  'audit verify',
];

const documents: Readonly<Record<string, () => string | Promise<string>>> = {
  'errors.md': errorsDocument,
  'commands.md': commandsDocument,
  'scenarios.md': scenariosDocument,
  'workloads.schema.json': () => JSON.stringify(z.toJSONSchema(workloadsFileSchema, { io: 'input' }), null, 2),
  ...Object.fromEntries(
    BUILT_IN_SCENARIOS.map((scenario) => [`img/scenarios/${scenario.name}.svg`, () => scenarioPicture(scenario)])
  ),
};

const isCheck = process.argv.includes('--check');
let outdated = 0;
for (const [name, make] of Object.entries(documents)) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const made = await make();
  const text = name.endsWith('.svg') ? made : await format(made, { ...(await resolveConfig(file)), filepath: file });
  if ((await readFile(file, 'utf8').catch(() => '')) === text) {
    continue;
  }
  if (isCheck) {
    process.stderr.write(`docs/${name} is out of date: run \`npm run docs\`\n`);
    outdated++;
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    process.stdout.write(`wrote docs/${name}\n`);
  }
}
process.exitCode = outdated > 0 ? 1 : 0;

function errorsDocument(): string {
  const rows = Object.entries(ERROR_TABLE)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([code, { status, message, action }]) => {
      const exit = status < 500 ? 2 : 1;
      const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
      return `| <a id="${code.toLowerCase()}"></a>\`${code}\` | ${status} | ${exit} | ${cell(message)} | ${cell(action)} |`;
    });
  return [
    '# Errors',
    '',
    'Every error that Headroom raises on purpose. On the wire it is a problem document (RFC 9457) with this `code`; a command prints it in one line and ends with the exit code. `{…}` stands for what the error names. Codes are stable and never reused. This page is made from `backend/errors/table` by `npm run docs`.',
    '',
    '| code | status | exit | what is wrong | what to do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

async function commandsDocument(): Promise<string> {
  const sections: string[] = [];
  for (const command of COMMANDS) {
    sections.push(
      `## ${command}`,
      '',
      '```text',
      (await helpOf(command)).trimEnd(),
      '```',
      COMMAND_EXAMPLES[command] ?? '',
      ''
    );
  }
  return [
    '# Commands',
    '',
    'Run them in the project as `npx headroom COMMAND`. Every command has `--help`. Where there is `--json`, it makes one JSON document on standard output and nothing else; progress goes to standard error, as a bar on a terminal and as plain lines elsewhere; `--quiet` silences it, and `--seed` makes the result reproducible to the bit. Exit codes: 0 done, 1 failed, 2 wrong use or bad input (with one line that says what, where and what to do; the code in brackets is explained in [errors](errors.md)), 130 on an interrupt, with nothing half-written. Output files appear whole or not at all. This page is made from the commands by `npm run docs`.',
    '',
    ...sections,
  ].join('\n');
}

async function helpOf(command: string): Promise<string> {
  let text = '';
  const out = {
    write: (part: string) => {
      text += part;
    },
  };
  await runCli([...command.split(' '), '--help'], {
    stdout: out,
    stderr: out,
    env: {},
    signal: new AbortController().signal,
  });
  return text;
}
