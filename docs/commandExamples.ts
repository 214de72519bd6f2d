/** What stands below a command's help in `commands.md`: Markdown, whose commands `documents.test.ts` runs. */
export const COMMAND_EXAMPLES: Readonly<Record<string, string>> = {
  serve: `
\`\`\`sh
npx headroom serve --demo
npx headroom serve --config docs/examples/workloads.yaml
\`\`\`

It prints its address when it listens, and goes on until SIGINT or SIGTERM. Log lines go to standard error. [Configuration](configuration.md), [operations](operations.md).`,

  forecast: `
\`\`\`sh
npx headroom forecast --input docs/examples/requests.csv --horizon 24
npx headroom forecast --input docs/examples/requests.csv --horizon 48 --columns requests --model cycles --levels 0.1,0.5,0.9 --json
npx headroom forecast --input docs/examples/requests.csv --horizon 24 --columns cpu --covariates past:requests --features features.csv --time-zone Europe/Dublin
npx headroom forecast --input docs/examples/requests.csv --horizon 24 --columns cpu --covariates past:requests --explain
\`\`\`

Standard output is a CSV of \`timestamp\`, \`column\`, \`mean\` and a \`q\` column for each level; with \`--json\` \`{input, horizon, seed, series: [{series, model, cutoff, step, times, levels, values: [level][step], mean, reason, warnings}]}\`. Standard error says why a model was chosen. \`--features\` writes \`timestamp,column,value\` and a column for each [feature](forecasting.md#features), over the history and, as far as it is known ahead, the horizon. \`--explain\` writes a table of [what each forecast used](forecasting.md#what-a-forecast-used) in place of the CSV; with \`--json\` each series has \`importance\` too.`,

  backtest: `
\`\`\`sh
npx headroom backtest --input docs/examples/requests.csv --horizon 24 --windows 5 --models seasonal-naive,auto
npx headroom backtest --input docs/examples/requests.csv --horizon 24 --windows 5 --columns requests --models cycles --forecasts forecasts.csv.gz --json
\`\`\`

Standard output is a table, or with \`--json\` \`{input, horizon, windows, season, models: [{model, mase, crps, wql, nd, coverage, secondsPerForecast, perSeries}]}\`; [what the scores mean](forecasting.md#scores). \`--forecasts\` writes \`model,series,cutoff,step,timestamp,q0.1,...\`.`,

  train: `
\`\`\`sh
npx headroom train --input docs/examples/requests.csv --architecture lstm --steps 20 --seed 7 --out tuned
npx headroom backtest --input docs/examples/requests.csv --horizon 24 --windows 5 --models seasonal-naive,tuned
\`\`\`

Writes a folder with \`model.onnx\`, \`manifest.json\` and \`CARD.md\`, whole or not at all. \`--from models/lstm/1.1.0\` tunes what is shipped, which is what you want for a service of your own. An interrupted run leaves \`OUT.checkpoint\`; the same command with \`--resume\` goes on to the same bits. [What is trained, and how](forecasting.md#learnt-models).`,

  simulate: `
\`\`\`sh
npx headroom simulate --input docs/examples/requests.csv --column requests --horizon 24 --scenario api-spike
npx headroom simulate --input docs/examples/requests.csv --column requests --resources cpu --horizon 24 --service docs/examples/service.yaml --scenario docs/examples/scenario.yaml denial-of-service --plan docs/examples/plan.yaml --replicas 6
\`\`\`

The first tells what could come; with a service, what each plan would cost and risk in each scenario, how the [kinds of plans](service.md#kinds-of-plans) compare, and what is recommended. \`--json\` prints \`{paths, steps, seed, seconds, pathStepsPerSecond, scenarios: [{scenario, weight, asked, demand, resources, plans}], frontier: [{plan, kind, cost, shortfallProbabilityWindow, requests, ...}], frontiers: {KIND: [...]}, candidates: [{kind, isWithinRisk, cost, latencySeconds, ...}], absent: [{kind, reason}], recommendation, warnings}\`.`,

  replay: `
\`\`\`sh
npx headroom replay --trace docs/examples/requests.csv --column requests --service docs/examples/service.yaml
npx headroom replay --trace docs/examples/requests.csv --column requests --service docs/examples/service.yaml --policy headroom,hpa,oracle --sweep --decisions decisions.csv.gz --json
\`\`\`

Standard output is a table, or with \`--json\` \`{policies, sweep, frontiers, comparisons: [{target, ...}], costSavingAtEqualViolations, violationReductionAtEqualCost, costOverOracle}\`; a point is \`{policy, setting, replicaHours, violationMinutes, violationShare, unservedShare, scaleUps, scaleDowns, p99LatencySeconds, replicaCost, violationCost, cost}\`, that of \`cloned\` with \`cloned: {demonstrator, judgedDays, noWorseDays, chosenDays, probability, significance, actedOnShare, raisedShare}\`. [What is played, and how the policies decide](replay.md).`,

  experiment: `
\`\`\`sh
npx headroom experiment --trace docs/examples/requests.csv --column requests --service docs/examples/service.yaml --window 6h --a hpa --b headroom
npx headroom experiment --trace docs/examples/requests.csv --column requests --service docs/examples/service.yaml --window 6h --a headroom:model=cycles --b headroom:model=seasonal-naive --json
\`\`\`

Standard output says what such a test would find by what came before it, its looks, the verdict in words, and what each arm does alone, which no live test sees. \`--json\` prints \`{outcome, unit, arms, startsAt, endsAt, endedAt, windowSeconds, burnInSeconds, periodSeconds, blocks, power, errorRate, planned: {mean, deviation, autocorrelation, points: [{days, minimumEffect}], words}, windows: [{start, arm, value}], looks: [{at, pairs, effect, low, high, bound}], lower, means, carryOver, missingShare, verdict, alone: {a, b, effect}, warnings}\`. [How such a test works](experiments.md).`,

  report: `
\`\`\`sh
npx headroom report --out report.html
\`\`\`

One file that fetches and runs nothing, to read and to print; of the present month, or of \`--month 2026-11\`. It is made from what a sidecar keeps in \`HEADROOM_DATA_DIR\` or \`HEADROOM_DATABASE_URL\`; \`GET /api/v1/report\` answers the same. [What is in it](kpis.md#the-report).`,

  'check-config': `
\`\`\`sh
npx headroom check-config docs/examples/complete.yaml
\`\`\`

Every fault stands on a line of its own, \`FILE:LINE:COLUMN: where: what\`; notes name what has no effect or is missing for a shortfall.`,

  'remote-read-config': `
\`\`\`sh
npx headroom remote-read-config --url http://headroom:8370 --token-file /etc/prometheus/headroom-token
\`\`\``,

  'alert-rules': `
\`\`\`sh
npx headroom alert-rules --prometheus --by remote-read --probability 0.1
npx headroom alert-rules --grafana --datasource headroom --metrics-datasource prometheus --folder Headroom
\`\`\``,

  'demo-exporter': `
\`\`\`sh
npx headroom demo-exporter --listen 127.0.0.1:9105
npx headroom demo-exporter --history 2d --step 5m --out demo.om
\`\`\`

The second writes the past for \`promtool tsdb create-blocks-from openmetrics demo.om DIRECTORY\`, so that a Prometheus has something to begin with.`,

  'copy-storage': `
\`\`\`sh
HEADROOM_DATABASE_URL=postgres://headroom@db.example.com/headroom npx headroom copy-storage --data-dir .headroom
\`\`\`

One transaction, read back, compared and its chain of decisions verified before it is kept: a kill in the middle leaves the target empty. \`--json\` prints \`{from, to, rows: {outlook, recommendation, decision, scoring, score, setting, lease}, chain}\`. [Moving over](operations.md#postgresql).`,
  release: `
\`\`\`sh
npx headroom release --expired --config workloads.yaml
npx headroom release --target hpa:shop/checkout
\`\`\`

The first is the watchdog of a sidecar that is gone: what nobody renewed in time goes back to what its owner set, and nothing else is touched. The second gives back whatever is held there. One line for each target says what became of it; \`--json\` prints \`{releases: [{target, outcome: released|kept, from, to, reason}], errors: [{code, message}]}\`. One that fails keeps no other from being given back, and the exit code is then not 0. [Kubernetes](acting/kubernetes.md#the-watchdog).`,

  'audit verify': `
\`\`\`sh
npx headroom audit verify docs/examples/decisions.ndjson
\`\`\`

The file is what \`GET /api/v1/decisions/export\` answers. Standard output says that it is intact and names its last hash, the head: kept elsewhere and given as \`--head\` next time, it shows whether decisions were cut off at the end. A broken chain ends with exit code 1 and the line at which it breaks. [Security](security.md#the-audit).`,

  promqltest: `
\`\`\`sh
npx headroom promqltest docs/examples/queries.promqltest
\`\`\`

Each failure stands with file, line, what was expected and what came; the last line is \`N passed, N failed\`, and a failure ends with exit code 1.`,
};
