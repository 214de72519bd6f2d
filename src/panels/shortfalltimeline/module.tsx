import { PanelPlugin, VisualizationSuggestionScore } from '@grafana/data';
import { isLabelled } from '../labelled';
import { initTranslations } from '../../translations';
import { suggestionsSupplier } from '../suggestions';
import { migrateOptions } from './migrateOptions';
import { DEFAULT_ROW_LABEL, type ShortfallTimelineOptions } from './options';
import { addPanelOptions, fieldConfigOptions } from './panelOptions';
import pluginJson from './plugin.json';
import { ShortfallTimelinePanel } from './ShortfallTimelinePanel';

void initTranslations(pluginJson.id);

export const plugin = new PanelPlugin<ShortfallTimelineOptions>(ShortfallTimelinePanel)
  .useFieldConfig(fieldConfigOptions())
  .setPanelOptions(addPanelOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(
    suggestionsSupplier(pluginJson, ({ rawFrames, hasData }) =>
      hasData === true && isLabelled(rawFrames, DEFAULT_ROW_LABEL) ? [{ score: VisualizationSuggestionScore.Good }] : []
    )
  );
