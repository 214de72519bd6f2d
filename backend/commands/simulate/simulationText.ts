import type {
  CandidateReport,
  FrontierPoint,
  PlanReport,
  ScenarioReport,
  WhatIfReport,
} from '../../allocation/index.ts';

/** A what-if in words, for a terminal. */
export function simulationText(report: WhatIfReport): string {
  const lines = [
    ...report.scenarios.flatMap(scenarioLines),
    ...(report.candidates.length === 0
      ? []
      : ['the least plan of each kind within the risk:', ...report.candidates.map(candidateLine)]),
    ...report.absent.map(({ kind, reason }) => `  ${kind}: not compared, ${reason}`),
    ...(report.frontier.length === 0
      ? []
      : ['cost and risk of what no other plan beats in both:', ...report.frontier.map(frontierLine)]),
    ...(report.recommendation === null
      ? []
      : ['recommendation:', ...report.recommendation.reasons.map(({ text }) => `  - ${text}`)]),
    ...[...report.warnings, ...(report.recommendation?.warnings ?? [])].map((warning) => `warning: ${warning}`),
  ];
  return `${lines.join('\n')}\n`;
}

function scenarioLines({ scenario, asked, demand, resources, plans }: ScenarioReport): string[] {
  const peak = (level: number, { levels, values }: ScenarioReport['demand']) => {
    const row = values[levels.indexOf(level)];
    return row === undefined ? '?' : short(Math.max(...row));
  };
  return [
    `${scenario}:`,
    ...Object.entries({ demand, ...resources }).map(
      ([name, distribution]) =>
        `  ${name}: peak ${peak(0.5, distribution)} (median), ${peak(0.99, distribution)} (99 %)`
    ),
    ...(asked === null
      ? []
      : [`  asks for ${String(asked.first)} replicas at first and ${String(asked.peak)} at most`]),
    ...plans.map(planLine),
  ];
}

function candidateLine(candidate: CandidateReport): string {
  const counts = candidate.replicas.map(({ count }) => count);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range = least === most ? String(most) : `${String(least)} to ${String(most)}`;
  const above = candidate.reactiveHours > 0 ? ` (${short(candidate.reactiveHours)} of them above the floor)` : '';
  const cost = candidate.cost === null ? '' : `, cost ${short(candidate.cost)}`;
  const risk = candidate.isWithinRisk ? '' : ', which is more than accepted';
  const { latencySeconds, requests, killed } = candidate;
  const latency = latencySeconds === null ? '' : `, p99 ${short(latencySeconds.p99)} s`;
  const kills = killed === null || killed === 0 ? '' : `, ${short(killed)} replicas killed a step`;
  return `  ${candidate.kind}${requestWords(requests)}: ${range} replicas, ${short(candidate.replicaHours)} replica hours${above}${cost}, window risk ${percent(candidate.shortfallProbabilityWindow)}${risk}${latency}${kills}`;
}

/** Memory in bytes as it stands in the service file. */
function requestWords(requests: CandidateReport['requests']): string {
  return requests === null
    ? ''
    : ` (${Object.entries(requests.perReplica)
        .map(([name, value]) => `${name} ${short(value)}`)
        .join(', ')} a replica, ${short(requests.factor)} of now)`;
}

function frontierLine({ plan, kind, cost, replicaHours, shortfallProbabilityWindow }: FrontierPoint): string {
  const price = cost === null ? `${short(replicaHours)} replica hours` : `cost ${short(cost)}`;
  return `  ${plan} (${kind}): ${price}, window risk ${percent(shortfallProbabilityWindow)}`;
}

function planLine(plan: PlanReport): string {
  const latency = plan.latencySeconds === null ? '' : `, p99 ${short(plan.latencySeconds.p99)} s`;
  const attainment = plan.sloAttainment === null ? '' : `, SLO ${percent(plan.sloAttainment)}`;
  const cost = plan.cost === null ? '' : `, cost ${short(plan.cost)}`;
  const use = plan.utilization === null ? '' : `, used ${percent(plan.utilization)}`;
  return `  plan ${plan.plan}: window risk ${percent(plan.shortfallProbabilityWindow)}, ${short(plan.replicaHours)} replica hours${cost}${use}${latency}${attainment}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function percent(share: number): string {
  return `${String(Number((100 * share).toPrecision(3)))} %`;
}
