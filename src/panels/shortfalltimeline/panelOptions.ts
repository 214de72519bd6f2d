import {
  FieldColorModeId,
  FieldConfigProperty,
  ThresholdsMode,
  type PanelOptionsEditorBuilder,
  type SetFieldConfigOptionsArgs,
} from '@grafana/data';
import { t } from '../../translations';
import { DEFAULT_ROW_LABEL, DEFAULT_THRESHOLD, type ShortfallTimelineOptions } from './options';

/** The options of the panel, as its editor shows them. */
export function addPanelOptions(builder: PanelOptionsEditorBuilder<ShortfallTimelineOptions>): void {
  const rows = [t('timeline.options.rows', 'Rows')];
  builder
    .addTextInput({
      path: 'rowLabel',
      name: t('timeline.options.label', 'Label of the rows'),
      description: t('timeline.options.labelWhat', 'Each of its values is a row; of several series the highest counts'),
      category: rows,
      defaultValue: DEFAULT_ROW_LABEL,
    })
    .addRadio({
      path: 'order',
      name: t('timeline.options.order', 'Order'),
      category: rows,
      defaultValue: 'urgency',
      settings: {
        options: [
          { value: 'urgency', label: t('timeline.options.urgency', 'Most urgent first') },
          { value: 'name', label: t('timeline.options.name', 'By name') },
        ],
      },
    })
    .addNumberInput({
      path: 'threshold',
      name: t('timeline.options.threshold', 'Runs short from'),
      description: t('timeline.options.thresholdWhat', 'The probability from which on a row counts as urgent'),
      category: rows,
      defaultValue: DEFAULT_THRESHOLD,
      settings: { min: 0, max: 1, step: 0.01 },
    })
    .addBooleanSwitch({
      path: 'isLinked',
      name: t('timeline.options.linked', 'Names lead to Headroom'),
      description: t('timeline.options.linkedWhat', 'Where the field has no data link'),
      category: rows,
      defaultValue: true,
    })
    .addBooleanSwitch({
      path: 'isNowLineShown',
      name: t('timeline.options.now', 'Now-line'),
      category: rows,
      defaultValue: true,
    });
}

/** Colours by thresholds, of a probability. */
export function fieldConfigOptions(): SetFieldConfigOptionsArgs {
  return {
    standardOptions: {
      [FieldConfigProperty.Color]: {
        settings: { byValueSupport: true, bySeriesSupport: false, preferThresholdsMode: true },
        defaultValue: { mode: FieldColorModeId.Thresholds },
      },
      [FieldConfigProperty.Unit]: { defaultValue: 'percentunit' },
      [FieldConfigProperty.Min]: { defaultValue: 0 },
      [FieldConfigProperty.Max]: { defaultValue: 1 },
      [FieldConfigProperty.Thresholds]: {
        defaultValue: {
          mode: ThresholdsMode.Absolute,
          steps: [
            { value: -Infinity, color: 'transparent' },
            { value: 0.01, color: 'light-yellow' },
            { value: 0.1, color: 'orange' },
            { value: 0.5, color: 'red' },
          ],
        },
      },
    },
  };
}
