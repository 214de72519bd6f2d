import {
  displayNameOverrideProcessor,
  FieldConfigProperty,
  identityOverrideProcessor,
  numberOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type FieldConfigPropertyItem,
  type StandardEditorsRegistryItem,
} from '@grafana/data';

const NoEditor = () => null;

const EDITORS = [
  'boolean',
  'color',
  'dashboard-uid',
  'field-name',
  'multi-select',
  'number',
  'radio',
  'select',
  'slider',
  'stats-picker',
  'strings',
  'text',
  'timezone',
  'unit',
];

/** The editors that a panel's options name while they are built; the workbench has no panel editor to show them in. */
export function standardEditors(): StandardEditorsRegistryItem[] {
  return EDITORS.map((id) => ({ id, name: id, editor: NoEditor }));
}

function property(id: FieldConfigProperty, process: FieldConfigPropertyItem['process']): FieldConfigPropertyItem {
  return { id, path: id, name: id, editor: NoEditor, override: NoEditor, process, shouldApply: () => true };
}

/** Grafana's standard field options, as far as they act on data: without the editors, which live in Grafana itself. */
export function standardFieldConfig(): FieldConfigPropertyItem[] {
  return [
    property(FieldConfigProperty.DisplayName, displayNameOverrideProcessor),
    property(FieldConfigProperty.Unit, unitOverrideProcessor),
    property(FieldConfigProperty.Min, numberOverrideProcessor),
    property(FieldConfigProperty.Max, numberOverrideProcessor),
    property(FieldConfigProperty.FieldMinMax, identityOverrideProcessor),
    property(FieldConfigProperty.Decimals, numberOverrideProcessor),
    property(FieldConfigProperty.Color, identityOverrideProcessor),
    property(FieldConfigProperty.NoValue, identityOverrideProcessor),
    property(FieldConfigProperty.Links, identityOverrideProcessor),
    property(FieldConfigProperty.Actions, identityOverrideProcessor),
    property(FieldConfigProperty.Mappings, valueMappingsOverrideProcessor),
    property(FieldConfigProperty.Thresholds, thresholdsOverrideProcessor),
    property(FieldConfigProperty.Filterable, identityOverrideProcessor),
  ];
}
