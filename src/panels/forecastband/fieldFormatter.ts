import { formattedValueToString, type Field } from '@grafana/data';
import { valueFormatter, type FormatValue } from '../../formatting/valueFormatter';

/** Writes numbers as a field's options say (unit, decimals, mappings), else in the unit that its label `unit` names. */
export function fieldFormatter(field: Field | undefined): FormatValue {
  const display = field?.display;
  const unit = field?.config.unit;
  if (display === undefined || (unit === undefined && field?.labels?.unit !== undefined)) {
    return valueFormatter(unit ?? field?.labels?.unit ?? '');
  }
  return (value, decimals) =>
    value === null || value === undefined ? '–' : formattedValueToString(display(value, decimals));
}
