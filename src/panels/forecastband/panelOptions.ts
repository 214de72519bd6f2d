import {
  FieldColorModeId,
  FieldConfigProperty,
  type FieldConfigEditorBuilder,
  type PanelOptionsEditorBuilder,
  type SelectableValue,
  type SetFieldConfigOptionsArgs,
} from '@grafana/data';
import { formatNumber } from '../../formatting/formatNumber';
import { t } from '../../translations';
import { commonOptionsBuilder, GraphThresholdsStyleMode } from '@grafana/ui';
import {
  DEFAULT_BAND_OPACITY,
  DEFAULT_BANDS,
  DEFAULT_BOUNDS_PERCENT,
  DEFAULT_LINE_WIDTH,
  type ForecastBandFieldConfig,
  type ForecastBandOptions,
} from './options';
import { QuantilesEditor } from './QuantilesEditor';

const BAND_CHOICES = [50, 60, 80, 90, 95, 98] as const;

/** The options of the panel, as its editor shows them. */
export function addPanelOptions(builder: PanelOptionsEditorBuilder<ForecastBandOptions>): void {
  const look = [t('panel.options.look', 'Forecast')];
  const fields = [t('panel.options.fields', 'Fields')];
  builder
    .addMultiSelect({
      path: 'bands',
      name: t('panel.options.bands', 'Bands'),
      description: t('panel.options.bandsWhat', 'How much of the probability each band holds'),
      category: look,
      defaultValue: [...DEFAULT_BANDS] as number[],
      settings: { options: bandChoices() },
    })
    .addSliderInput({
      path: 'bandOpacity',
      name: t('panel.options.opacity', 'Band opacity'),
      category: look,
      defaultValue: DEFAULT_BAND_OPACITY,
      settings: { min: 5, max: 80, step: 5 },
    });
  const switches = [
    ['isMedianShown', t('panel.options.median', 'Median'), true],
    ['isMeanShown', t('panel.options.mean', 'Mean'), false],
    ['isCapacityShown', t('panel.options.capacity', 'Capacity'), true],
    ['isProbabilityShown', t('panel.options.probability', 'Shortfall probability'), true],
    ['isNowLineShown', t('panel.options.now', 'Now-line'), true],
  ] as const;
  for (const [path, name, defaultValue] of switches) {
    builder.addBooleanSwitch({ path, name, category: look, defaultValue });
  }
  const pickers = [
    ['mapping.actual', t('panel.options.field.actual', 'Measured')],
    ['mapping.capacity', t('panel.options.field.capacity', 'Capacity')],
    ['mapping.probability', t('panel.options.field.probability', 'Shortfall probability')],
  ] as const;
  for (const [path, name] of pickers) {
    builder.addFieldNamePicker({
      path,
      name,
      category: fields,
      description: t('panel.options.field.auto', 'Empty: recognised by its name'),
    });
  }
  builder
    .addCustomEditor({
      id: 'mapping.quantiles',
      path: 'mapping.quantiles',
      name: t('panel.options.field.quantiles', 'Quantiles'),
      description: t('panel.options.field.auto', 'Empty: recognised by its name'),
      category: fields,
      editor: QuantilesEditor,
    })
    .addNumberInput({
      path: 'mapping.boundsPercent',
      name: t('panel.options.field.bounds', 'Between “lower” and “upper”, in %'),
      category: fields,
      defaultValue: DEFAULT_BOUNDS_PERCENT,
      settings: { min: 1, max: 99, step: 1 },
    });
  commonOptionsBuilder.addTooltipOptions(builder, true);
  commonOptionsBuilder.addLegendOptions(builder, false);
}

/** The options of fields, as the editor and overrides show them. */
export function fieldConfigOptions(): SetFieldConfigOptionsArgs<ForecastBandFieldConfig> {
  return {
    standardOptions: {
      [FieldConfigProperty.Color]: {
        settings: { byValueSupport: false, bySeriesSupport: true, preferThresholdsMode: false },
        defaultValue: { mode: FieldColorModeId.PaletteClassic },
      },
    },
    useCustomConfig: addFieldOptions,
  };
}

function addFieldOptions(builder: FieldConfigEditorBuilder<ForecastBandFieldConfig>): void {
  const lines = [t('panel.options.lines', 'Lines and axis')];
  builder
    .addSliderInput({
      path: 'lineWidth',
      name: t('panel.options.lineWidth', 'Line width'),
      category: lines,
      defaultValue: DEFAULT_LINE_WIDTH,
      settings: { min: 0.5, max: 6, step: 0.5 },
    })
    .addTextInput({
      path: 'axisLabel',
      name: t('panel.options.axisLabel', 'Axis label'),
      category: lines,
      defaultValue: '',
    })
    .addNumberInput({ path: 'axisSoftMin', name: t('panel.options.softMin', 'Soft min'), category: lines })
    .addNumberInput({ path: 'axisSoftMax', name: t('panel.options.softMax', 'Soft max'), category: lines })
    .addSelect({
      path: 'thresholdsStyle.mode',
      name: t('panel.options.thresholds', 'Show thresholds'),
      category: lines,
      defaultValue: GraphThresholdsStyleMode.Off,
      settings: { options: thresholdStyles() },
    });
}

/** Grafana types the choices of a multi-select as if each were a list. */
function bandChoices(): Array<SelectableValue<number[]>> {
  const choices: ReadonlyArray<SelectableValue<number>> = BAND_CHOICES.map((value) => ({
    value,
    label: formatNumber(value / 100, { style: 'percent' }),
  }));
  return choices as unknown as Array<SelectableValue<number[]>>;
}

function thresholdStyles(): Array<SelectableValue<GraphThresholdsStyleMode>> {
  return [
    { value: GraphThresholdsStyleMode.Off, label: t('panel.thresholds.off', 'Off') },
    { value: GraphThresholdsStyleMode.Line, label: t('panel.thresholds.line', 'As lines') },
    { value: GraphThresholdsStyleMode.Dashed, label: t('panel.thresholds.dashed', 'As lines (dashed)') },
    { value: GraphThresholdsStyleMode.Area, label: t('panel.thresholds.area', 'As filled regions') },
    { value: GraphThresholdsStyleMode.LineAndArea, label: t('panel.thresholds.both', 'As filled regions and lines') },
  ];
}
