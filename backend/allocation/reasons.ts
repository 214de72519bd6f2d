import type { Reason } from '../../contract/index.ts';
import { gridEnd, timeAt } from '../timeseries/index.ts';
import { bindingLoad } from './capacityLoad.ts';
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
    tiers(findings),
    ...cost(findings),
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
function change({ input, proposal, action, expected }: Findings): Reason[] {
  const { current, grid, scaling } = input;
  const peak = proposal.asked.reduce((most, count) => Math.max(most, count), 0);
  if (action === 'raise') {
    const step = proposal.asked.findIndex((count) => count > current);
    const at = timeAt(grid, step);
    const peakAt = timeAt(grid, proposal.asked.indexOf(peak));
    const values = { current, at, peak, peakAt, askBy: at - scaling.leadTimeSeconds };
    return [
      {
        code: 'raise',
        text: `More than the ${replicaWords(current)} of now are needed from ${instantWords(at)} on, ${String(peak)} by ${instantWords(peakAt)}; ask for them ${spanWords(scaling.leadTimeSeconds)} earlier, which a replica takes to serve`,
        values,
      },
    ];
  }
  if (action === 'hold' && peak < current && expected.current.cost !== null && expected.proposed.cost !== null) {
    const extra = expected.proposed.cost - expected.current.cost;
    return [
      {
        code: 'hold-is-cheaper',
        text: `A floor of ${replicaWords(peak)} would keep the accepted risk, but with its expected shortfalls it costs ${quantityWords(extra, input.currency)} more than holding ${replicaWords(current)}`,
        values: { current, peak, extra },
      },
    ];
  }
  return [];
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
    text: `${replicaWords(proposal.floor)} now and ${range} until ${instantWords(gridEnd(grid))} keep the mean probability of a shortfall within any ${window} at ${percentWords(proposal.risk)}, accepted ${percentWords(scaling.risk)}`,
    values: { floor: proposal.floor, least, most, risk: proposal.risk, acceptedRisk: scaling.risk },
  };
}

function tiers({ input, tiers: split }: Findings): Reason {
  const { committed, burst } = input.scaling.tiers;
  const level = committed * input.confidence.commitFactor;
  const values = { committed: split.committed[0]!, reserved: split.reserved[0]!, burst: split.burst[0]! };
  return {
    code: 'tiers',
    text: `Now ${String(values.committed)} committed (the ${percentWords(level)} quantile of need), ${String(values.reserved)} reserved up to what the risk asks for, ${String(values.burst)} burst on top (to the ${percentWords(burst)} quantile)`,
    values,
  };
}

function cost({ input, expected }: Findings): Reason[] {
  const [current, proposed] = [expected.current.cost, expected.proposed.cost];
  if (current === null || proposed === null) {
    return [];
  }
  const unit = input.currency;
  const saved = current - proposed;
  const balance = saved >= 0 ? `saves ${quantityWords(saved, unit)}` : `costs ${quantityWords(-saved, unit)} more`;
  const violations = input.prices.violationMinute === undefined ? '' : ', expected violations included';
  return [
    {
      code: 'cost',
      text: `Doing nothing costs ${quantityWords(current, unit)} over the horizon, the plan ${quantityWords(proposed, unit)}${violations}: it ${balance}`,
      values: { current, proposed, saved },
    },
  ];
}

function confidence({ input }: Findings): Reason {
  const { level, historySeconds, coverage80, caution } = input.confidence;
  const coverage =
    coverage80 === undefined
      ? 'live coverage of its 80 % band is not known yet'
      : `its 80 % band has held ${percentWords(coverage80)} of what came`;
  const effect =
    (level === 'high' ? '' : '; less is committed and more reserved') +
    (caution > 1
      ? `; the plan keeps to a risk ${caution.toFixed(1)} times smaller, as the bands miss more than they say`
      : '');
  return {
    code: 'confidence',
    text: `Confidence is ${level}: the forecast rests on ${spanWords(historySeconds)} of history, and ${coverage}${effect}`,
    values: { historySeconds, ...(coverage80 === undefined ? {} : { coverage80 }), caution },
  };
}
