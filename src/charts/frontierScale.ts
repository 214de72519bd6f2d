/** One plan by what it costs and how likely it falls short. */
export interface CostRiskPoint {
  readonly key: string;
  readonly cost: number;
  /** 0 to 1. */
  readonly risk: number;
}

export interface FrontierScale {
  readonly x: (cost: number) => number;
  readonly y: (risk: number) => number;
  readonly costTicks: readonly number[];
  readonly riskTicks: readonly number[];
}

export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Below this, risks are drawn alike: 2,000 paths tell no finer. */
export const LEAST_RISK = 1e-4;
const COST_TICKS = 4;
const MARGIN = 0.06;
/** Where violations make the risky end so many times as dear as the safe one, cost goes by powers too. */
const LOG_FROM = 5;

/** Cost straight, or by powers where it spreads far; risk by powers of ten from 0.01 % up. */
export function frontierScale(points: readonly CostRiskPoint[], { left, top, width, height }: PlotBox): FrontierScale {
  const costs = points.map(({ cost }) => cost);
  const lowest = Math.min(...costs);
  const isLog = lowest > 0 && Math.max(...costs) > LOG_FROM * lowest;
  const place = (cost: number) => (isLog ? Math.log(cost) : cost);
  const least = place(lowest);
  const most = place(Math.max(...costs));
  const margin = most > least ? (most - least) * MARGIN : Math.max(1, Math.abs(most)) * MARGIN;
  const from = least - margin;
  const to = most + margin;
  const highest = Math.max(...points.map(({ risk }) => clamped(risk)), LEAST_RISK * 10);
  const decades = Math.ceil(Math.log10(highest) - 1e-9) - Math.log10(LEAST_RISK);
  const top10 = Math.log10(LEAST_RISK) + decades;
  return {
    x: (cost) => left + ((place(cost) - from) / (to - from)) * width,
    y: (risk) => top + ((top10 - Math.log10(clamped(risk))) / decades) * height,
    costTicks: Array.from({ length: COST_TICKS }, (_, index) => {
      const at = from + ((index + 0.5) / COST_TICKS) * (to - from);
      return isLog ? Math.exp(at) : at;
    }),
    riskTicks: Array.from({ length: Math.round(decades) + 1 }, (_, index) => 10 ** (top10 - index)),
  };
}

function clamped(risk: number): number {
  return Math.min(1, Math.max(LEAST_RISK, risk));
}
