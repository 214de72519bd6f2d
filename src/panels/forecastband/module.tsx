import { PanelPlugin } from '@grafana/data';
import { initTranslations } from '../../translations';
import { ForecastBandPanel } from './ForecastBandPanel';
import type { ForecastBandFieldConfig, ForecastBandOptions } from './options';
import { addPanelOptions, fieldConfigOptions } from './panelOptions';
import pluginJson from './plugin.json';

void initTranslations(pluginJson.id);

export const plugin = new PanelPlugin<ForecastBandOptions, ForecastBandFieldConfig>(ForecastBandPanel)
  .useFieldConfig(fieldConfigOptions())
  .setPanelOptions(addPanelOptions);
