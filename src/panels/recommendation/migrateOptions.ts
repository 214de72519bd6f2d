import type { PanelModel } from '@grafana/data';
import type { RecommendationPanelOptions } from './options';

/** Options as this version knows them, from whatever a dashboard was saved with. */
export function migrateOptions({ options }: Pick<PanelModel, 'options'>): Partial<RecommendationPanelOptions> {
  const saved = (options ?? {}) as Readonly<Record<string, unknown>>;
  const isOn = (name: string) => saved[name] !== false;
  return {
    ...(saved as Partial<RecommendationPanelOptions>),
    workload: typeof saved.workload === 'string' ? saved.workload.trim() : '',
    isTimeShown: isOn('isTimeShown'),
    isCostShown: isOn('isCostShown'),
    isRiskShown: isOn('isRiskShown'),
  };
}
