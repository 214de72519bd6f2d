import { PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { ForecastBandPanel } from './ForecastBandPanel';
import type { ForecastBandFieldConfig, ForecastBandOptions } from './options';
import { addPanelOptions, fieldConfigOptions } from './panelOptions';
import pluginJson from './plugin.json';

void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<ForecastBandOptions, ForecastBandFieldConfig>(ForecastBandPanel)
  .useFieldConfig(fieldConfigOptions())
  .setPanelOptions(addPanelOptions);
