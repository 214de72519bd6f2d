import type { Reason } from '../../contract/index.ts';
import { cheaperRisk } from './cheaperRisk.ts';
import { bindingLoad } from './capacityLoad.ts';
import type { Findings } from './findings.ts';
import { percentWords, replicaWords } from './words.ts';

/** What would change the decision: another accepted risk, the prices, or more or less demand. */
export function sensitivityReasons(findings: Findings): Reason[] {
  return [otherRisks(findings), ...cheaperRisk(findings, findings.expected.proposed.cost), ...otherDemand(findings)];
}

function otherRisks({ input, proposal, proposals }: Findings): Reason {
  const risk = input.scaling.risk / input.confidence.caution;
  const atHalf = Math.max(proposal.floor, proposals.at(risk / 2).floor);
  const atDouble = Math.min(proposal.floor, proposals.at(Math.min(1, risk * 2)).floor);
  const sentence =
    atHalf === proposal.floor && atDouble === proposal.floor
      ? `Half or twice the accepted risk would change nothing now`
      : `At half the accepted risk it would be ${replicaWords(atHalf)} now, at twice the risk ${replicaWords(atDouble)}`;
  return { code: 'sensitivity-risk', text: sentence, values: { atHalf, atDouble, floor: proposal.floor } };
}

function otherDemand({ input, proposal }: Findings): Reason[] {
  const { loads, scaling } = input;
  const steps = proposal.asked.findIndex((count) => count !== proposal.floor);
  const near = proposal.asked.subarray(0, steps < 0 ? proposal.asked.length : steps).keys();
  const need = (step: number) => {
    const load = bindingLoad(loads, step);
    return load.highDemand[step]! / load.perReplica;
  };
  const step = near.reduce((most, next) => (need(next) > need(most) ? next : most), 0);
  const { name } = bindingLoad(loads, step);
  if (!(need(step) > 0)) {
    return [];
  }
  const rise = proposal.floor / need(step) - 1;
  const fall = 1 - (proposal.floor - 1) / need(step);
  const parts = [
    ...(rise > 0 && proposal.floor < scaling.max
      ? [`about ${percentWords(rise)} more of it would ask for another replica`]
      : []),
    ...(fall > 0 && fall < 0.5 && proposal.floor > scaling.min
      ? [`about ${percentWords(fall)} less for one fewer`]
      : []),
  ];
  return parts.length === 0
    ? []
    : [
        {
          code: 'sensitivity-demand',
          text: `${name} decides for as long as the ${replicaWords(proposal.floor)} of now hold: ${parts.join(', ')}`,
          values: { rise, fall },
        },
      ];
}
