import type { Intervention, Scenario } from '../../../contract/index.ts';

/** What a scenario changes, one sentence for each intervention, with its numbers. */
export function scenarioWords({ interventions }: Scenario): readonly string[] {
  return interventions.map((intervention) => {
    const parts = [changeWords(intervention), timeWords(intervention), ...chanceWords(intervention)];
    return parts.join(', ');
  });
}

function changeWords({ kind, target, factor, add }: Intervention): string {
  const isFlood = kind === 'attack' || kind === 'load';
  const parts = [
    ...(factor === undefined
      ? []
      : [isFlood ? `plus ${numberWords(factor - 1)} times its usual level` : `times ${numberWords(factor)}`]),
    ...(add === undefined ? [] : [add < 0 ? `less ${numberWords(-add)}` : `plus ${numberWords(add)}`]),
  ];
  return `${kind}: \`${target}\` ${parts.join(' and ')}`;
}

function timeWords({ kind, start = '0m', duration, shape, rampUp, rampDown }: Intervention): string {
  const begin =
    typeof start === 'string' ? `from ${start} on` : `from some time between ${start[0]} and ${start[1]} on`;
  const shapeWord = shape === undefined || shape === kind ? '' : ` (${shape})`;
  const ramps = [
    ...(rampUp === undefined ? [] : [`${rampUp} up`]),
    ...(rampDown === undefined ? [] : [`${rampDown} down`]),
  ];
  return [
    duration === undefined ? `${begin} to the end of the horizon` : `${begin} for ${duration}`,
    shapeWord,
    ramps.length === 0 ? '' : ` with ramps of ${ramps.join(' and ')}`,
  ].join('');
}

function chanceWords({ probability }: Intervention): string[] {
  return probability === undefined ? [] : [`in ${numberWords(100 * probability)} % of the futures`];
}

function numberWords(value: number): string {
  return String(Number(value.toPrecision(4)));
}
