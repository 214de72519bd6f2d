import { PanelPlugin, VisualizationSuggestionScore } from '@grafana/data';
import { isLabelled } from '../labelled';
import { initTranslations } from '../../translations';
import { suggestionsSupplier } from '../suggestions';
import { migrateOptions } from './migrateOptions';
import type { RecommendationPanelOptions } from './options';
import { addPanelOptions, fieldConfigOptions } from './panelOptions';
import pluginJson from './plugin.json';
import { RecommendationPanel } from './RecommendationPanel';

void initTranslations(pluginJson.id);

export const plugin = new PanelPlugin<RecommendationPanelOptions>(RecommendationPanel)
  .useFieldConfig(fieldConfigOptions())
  .setPanelOptions(addPanelOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(
    suggestionsSupplier(pluginJson, ({ rawFrames, hasData }) =>
      hasData === true && isLabelled(rawFrames, 'workload') ? [{ score: VisualizationSuggestionScore.OK }] : []
    )
  );
