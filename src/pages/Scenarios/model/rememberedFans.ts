import type { SimulationReport } from '../../../../contract/simulation.ts';
import { scenarioFans, type ScenarioFans, type ScenarioFansQuestion } from './scenarioFans';

export interface FansSetting extends Omit<ScenarioFansQuestion, 'report' | 'name' | 'colors'> {
  readonly colorsOf: (index: number) => ScenarioFansQuestion['colors'];
}

/**
 * Makes what gives the fans of each scenario of the page: the same object while its report and name are the same, so
 * that a chart is drawn anew only where its own scenario moved.
 */
export function rememberedFans({
  colorsOf,
  ...shared
}: FansSetting): (index: number, report: SimulationReport, name: string) => ScenarioFans {
  const latest = new Map<
    number,
    { readonly report: SimulationReport; readonly name: string; readonly fans: ScenarioFans }
  >();
  return (index, report, name) => {
    const known = latest.get(index);
    if (known?.report === report && known.name === name) {
      return known.fans;
    }
    const fans = scenarioFans({ ...shared, report, name, colors: colorsOf(index) });
    latest.set(index, { report, name, fans });
    return fans;
  };
}
