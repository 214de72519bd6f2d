/**
 * Whether a text can be a label name: any UTF-8 but nothing at all. What was not UTF-8 when a query was read became
 * U+FFFD. Source: model.LabelName.IsValid under UTF-8 validation.
 */
export function isLabelName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !name.includes('\ufffd');
}
