import { FieldConfigProperty, type PanelOptionsEditorBuilder, type SetFieldConfigOptionsArgs } from '@grafana/data';
import { t } from '../../translations';
import type { RecommendationPanelOptions } from './options';

/** The options of the panel, as its editor shows them. */
export function addPanelOptions(builder: PanelOptionsEditorBuilder<RecommendationPanelOptions>): void {
  builder
    .addTextInput({
      path: 'workload',
      name: t('advice.options.workload', 'Workload'),
      description: t(
        'advice.options.workloadWhat',
        'A name or a variable such as $workload; empty takes the label “workload” of the data'
      ),
      defaultValue: '',
    })
    .addBooleanSwitch({ path: 'isTimeShown', name: t('advice.options.time', 'When'), defaultValue: true })
    .addBooleanSwitch({ path: 'isCostShown', name: t('advice.options.cost', 'Cost'), defaultValue: true })
    .addBooleanSwitch({
      path: 'isRiskShown',
      name: t('advice.options.risk', 'Expected minutes short'),
      defaultValue: true,
    });
}

/** Of fields only the name and data links count: the figures are those of the recommendation. */
export function fieldConfigOptions(): SetFieldConfigOptionsArgs {
  return {
    disableStandardOptions: [
      FieldConfigProperty.Unit,
      FieldConfigProperty.Min,
      FieldConfigProperty.Max,
      FieldConfigProperty.Decimals,
      FieldConfigProperty.Color,
      FieldConfigProperty.Thresholds,
      FieldConfigProperty.Mappings,
      FieldConfigProperty.NoValue,
    ],
  };
}
