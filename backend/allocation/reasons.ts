import type { Reason } from '../../contract/index.ts';
import { gridEnd, timeAt } from '../timeseries/index.ts';
import { bindingLoad } from './capacityLoad.ts';
import { costReason, holdReason, raiseReason, tiersReason, type PlannedChange } from './changeReasons.ts';
import type { Findings } from './findings.ts';
import { sensitivityReasons } from './sensitivityReasons.ts';
import { instantWords, percentWords, quantityWords, replicaWords, spanWords } from './words.ts';

/** Why this is recommended, in words and numbers, the weightiest first. */
export function reasonsFor(findings: Findings): Reason[] {
  return [
    ...change(findings),
    doingNothing(findings),
    binding(findings),
    ...unavoidable(findings),
    plan(findings),
    ...limits(findings),
    tiers(findings),
    ...costReason(plannedChange(findings)),
    confidence(findings),
    ...sensitivityReasons(findings),
  ].map(withFiniteValues);
}

/** A figure beyond what a number can hold stays in the words and is absent from the values. */
function withFiniteValues({ values, ...reason }: Reason): Reason {
  return values === undefined
    ? reason
    : { ...reason, values: Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value))) };
}

/** What to do, until when, in one sentence. */
function change(findings: Findings): Reason[] {
  const planned = plannedChange(findings);
  if (findings.action === 'raise') {
    return [raiseReason(planned)];
  }
  return findings.action === 'hold' ? holdReason(planned) : [];
}

function plannedChange({ input, proposal, expected }: Findings): PlannedChange {
  return {
    current: input.current,
    grid: input.grid,
    asked: proposal.asked,
    leadTimeSeconds: input.scaling.leadTimeSeconds,
    currency: input.currency,
    hasViolationPrice: input.prices.violationMinute !== undefined,
    expected,
  };
}

function doingNothing({ input, expected }: Findings): Reason {
  const { shortfallProbability, firstShortfallAt } = expected.current;
  const probability = percentWords(shortfallProbability);
  const until = instantWords(gridEnd(input.grid));
  const values = { replicas: input.current, shortfallProbability };
  return firstShortfallAt === null
    ? {
        code: 'current-suffices',
        text: `The ${replicaWords(input.current)} of now never fall short more likely than accepted until ${until}; the probability of any shortfall is ${probability}`,
        values,
      }
    : {
        code: 'current-falls-short',
        text: `The ${replicaWords(input.current)} of now fall short at least once until ${until} with probability ${probability}; from ${instantWords(firstShortfallAt)} on a shortfall is more likely than the accepted ${percentWords(input.scaling.risk)}`,
        values: { ...values, firstShortfallAt },
      };
}

function binding({ input }: Findings): Reason {
  const needs = Array.from({ length: input.grid.length }, (_, step) => {
    const load = bindingLoad(input.loads, step);
    return load.highDemand[step]! / load.perReplica;
  });
  const peak = needs.indexOf(Math.max(...needs));
  const load = bindingLoad(input.loads, peak);
  const demand = load.highDemand[peak]!;
  return {
    code: 'binding',
    text: `${load.name} asks for most: at ${instantWords(timeAt(input.grid, peak))} it stays below ${quantityWords(demand, load.unit)} with probability ${percentWords(1 - input.scaling.risk)}, and one replica carries ${quantityWords(load.perReplica, load.unit)}`,
    values: { at: timeAt(input.grid, peak), demand, perReplica: load.perReplica, replicas: demand / load.perReplica },
  };
}

function unavoidable({ input, outcomes, proposals, proposal }: Findings): Reason[] {
  const { scaling, grid, nowSeconds } = input;
  const readySeconds = nowSeconds + scaling.leadTimeSeconds;
  const step = outcomes.proposed.probability.findIndex((probability) => probability > scaling.risk);
  if (step < 0 || !proposals.isReachable || timeAt(grid, step) >= readySeconds || proposal.floor <= input.current) {
    return [];
  }
  const probability = outcomes.proposed.probability[step]!;
  return [
    {
      code: 'start-up',
      text: `A shortfall at ${instantWords(timeAt(grid, step))} (probability ${percentWords(probability)}) comes sooner than a new replica can serve, ${spanWords(scaling.leadTimeSeconds)} from now`,
      values: { at: timeAt(grid, step), shortfallProbability: probability, leadTimeSeconds: scaling.leadTimeSeconds },
    },
  ];
}

function plan({ input, proposal, proposals }: Findings): Reason {
  const { scaling, grid } = input;
  const least = proposal.asked.reduce((a, b) => Math.min(a, b));
  const most = proposal.asked.reduce((a, b) => Math.max(a, b));
  const range = least === most ? replicaWords(most) : `${String(least)} to ${replicaWords(most)}`;
  const window = spanWords(proposals.windowSteps * grid.stepSeconds);
  return {
    code: 'plan',
    text: `By the day ahead, ${replicaWords(proposal.floor)} now and ${range} until ${instantWords(gridEnd(grid))} keep the mean probability of a shortfall within any ${window} at ${percentWords(proposal.risk)}; ${percentWords(scaling.risk)} is accepted`,
    values: { floor: proposal.floor, least, most, risk: proposal.risk, acceptedRisk: scaling.risk },
  };
}

/** What the limits of speed make of the plan; undefined where they change nothing. */
function limits({ input, proposal }: Findings): Reason[] {
  const { asked, unlimited, risk } = proposal;
  const lower = asked.findIndex((count, step) => count < unlimited[step]!);
  const higher = asked.findIndex((count, step) => count > unlimited[step]!);
  const values = (step: number) => ({
    at: timeAt(input.grid, step),
    replicas: asked[step]!,
    unlimited: unlimited[step]!,
    risk,
  });
  if (lower >= 0) {
    return [
      {
        code: 'limits-too-slow',
        text: `scaling.limits let the plan have only ${replicaWords(asked[lower]!)} at ${instantWords(timeAt(input.grid, lower))} instead of ${String(unlimited[lower]!)}; its risk is therefore ${percentWords(risk)}, ${percentWords(input.scaling.risk)} is accepted`,
        values: values(lower),
      },
    ];
  }
  return higher < 0
    ? []
    : [
        {
          code: 'limits',
          text: `scaling.limits make the plan rise earlier or fall later than the need: ${replicaWords(asked[higher]!)} at ${instantWords(timeAt(input.grid, higher))} instead of ${String(unlimited[higher]!)}`,
          values: values(higher),
        },
      ];
}

function tiers({ input, tiers: split }: Findings): Reason {
  const { committed, burst } = input.scaling.tiers;
  return tiersReason(
    { committed: split.committed[0]!, reserved: split.reserved[0]!, burst: split.burst[0]! },
    { committed: percentWords(committed * input.confidence.commitFactor), burst: percentWords(burst) }
  );
}

function confidence({ input }: Findings): Reason {
  const { level, historySeconds, coverage80, drift, commitFactor, caution } = input.confidence;
  const coverage =
    coverage80 === undefined
      ? 'live coverage of its 80 % band is not known yet'
      : `its 80 % band has held ${percentWords(coverage80)} of what came`;
  const effect =
    (drift !== undefined && drift > 1.25
      ? `; it is off the course that was learnt, ${drift.toFixed(1)} times what noise does`
      : '') +
    (commitFactor === 1 ? '' : '; less is committed and more reserved') +
    (caution > 1
      ? `; the plan keeps to a risk ${caution.toFixed(1)} times smaller, as the bands miss more than they say`
      : '');
  return {
    code: 'confidence',
    text: `Confidence is ${level}: the forecast rests on ${spanWords(historySeconds)} of history, and ${coverage}${effect}`,
    values: {
      historySeconds,
      ...(coverage80 === undefined ? {} : { coverage80 }),
      ...(drift === undefined ? {} : { drift }),
      caution,
    },
  };
}
