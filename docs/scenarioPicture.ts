import type { Scenario } from '../contract/index.ts';
import { compileScenario, meanEnvelope, type CompiledScenario } from '../backend/simulation/index.ts';

const STEP_SECONDS = 300;
const STEP_COUNT = 72;
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [520, 150, 44, 12, 22, 24];
const CPU = 1;
/** Of the replicas in the picture, where a scenario adds or takes whole ones. */
const REPLICAS = 6;

interface Curve {
  readonly name: string;
  readonly color: string;
  /** Times its usual level, `[step]`. */
  readonly values: readonly number[];
}

/** A scenario's course over six hours, in times the usual level, drawn from the compiled scenario; random starts at their earliest. */
export function scenarioPicture(scenario: Scenario): string {
  const compiled = compileScenario(scenario, {
    demand: 'requests',
    resources: ['cpu'],
    stepSeconds: STEP_SECONDS,
    stepCount: STEP_COUNT,
  });
  const curves: Curve[] = [
    { name: 'demand', color: '#3274d9', values: course(compiled, 0) },
    { name: 'cpu for each unit of it', color: '#e0752d', values: course(compiled, CPU) },
    { name: 'replicas', color: '#3f8f4f', values: course(compiled, 'replicas') },
  ].filter(({ values }) => values.some((value) => value !== 1));
  const top = Math.max(1.25, ...curves.flatMap(({ values }) => values)) * 1.05;
  const x = (step: number) => LEFT + (step / STEP_COUNT) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const line = (values: readonly number[]) =>
    values.map((value, step) => `${n(x(step + 0.5))},${n(y(value))}`).join(' ');
  const legend = curves.map(
    ({ name, color }, place) => `<text x="${n(LEFT + 150 * place)}" y="13" fill="${color}">${name}</text>`
  );
  const hours = [0, 1, 2, 3, 4, 5, 6].map(
    (hour) =>
      `<text x="${n(x(hour * 12))}" y="${n(HEIGHT - 7)}" text-anchor="middle" fill="#767676">${String(hour)}h</text>`
  );
  const levels = [0, 1, Math.max(...curves.flatMap(({ values }) => values))]
    .filter((value, place, all) => all.indexOf(value) === place)
    .map(
      (value) =>
        `<line x1="${n(LEFT)}" x2="${n(WIDTH - RIGHT)}" y1="${n(y(value))}" y2="${n(y(value))}" stroke="#c7c7c7" stroke-dasharray="${value === 1 ? '4 3' : '1 4'}"/>` +
        `<text x="${n(LEFT - 6)}" y="${n(y(value) + 4)}" text-anchor="end" fill="#767676">${n(value)}×</text>`
    );
  const drawn = curves.map(
    ({ values, color }) => `<polyline points="${line(values)}" fill="none" stroke="${color}" stroke-width="2"/>`
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" width="${String(WIDTH)}" height="${String(HEIGHT)}" font-family="sans-serif" font-size="11" role="img" aria-label="${scenario.name} over six hours">`,
    `<rect width="${String(WIDTH)}" height="${String(HEIGHT)}" fill="#ffffff"/>`,
    ...levels,
    ...hours,
    ...legend,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** What it makes of a level of 1, `[step]`. */
function course({ interventions }: CompiledScenario, target: number | 'replicas'): number[] {
  return Array.from({ length: STEP_COUNT }, (_, step) =>
    interventions.reduce((value, one) => {
      const isMeant = one.target === 'replicas' ? target === 'replicas' : one.target.includes(Number(target));
      if (!isMeant) {
        return value;
      }
      const strength = meanEnvelope(one.envelope, step * STEP_SECONDS - one.startSeconds[0], STEP_SECONDS);
      const add = target === 'replicas' ? one.add / REPLICAS : one.flood;
      return value * (1 + (one.factor - 1) * strength) + add * strength;
    }, 1)
  );
}

function n(value: number): string {
  return String(Number(value.toFixed(2)));
}
