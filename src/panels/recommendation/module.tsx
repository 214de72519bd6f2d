import { PanelPlugin, VisualizationSuggestionScore } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { isLabelled } from '../labelled';
import { suggestionsSupplier } from '../suggestions';
import { migrateOptions } from './migrateOptions';
import type { RecommendationPanelOptions } from './options';
import { addPanelOptions, fieldConfigOptions } from './panelOptions';
import pluginJson from './plugin.json';
import { RecommendationPanel } from './RecommendationPanel';

void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<RecommendationPanelOptions>(RecommendationPanel)
  .useFieldConfig(fieldConfigOptions())
  .setPanelOptions(addPanelOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(
    suggestionsSupplier(({ rawFrames, hasData }) =>
      hasData === true && isLabelled(rawFrames, 'workload') ? [{ score: VisualizationSuggestionScore.OK }] : []
    )
  );
