/** What a field of a query's result is to the panel. */
export type Role =
  | { readonly kind: 'actual' }
  | { readonly kind: 'quantile'; readonly level: number }
  | { readonly kind: 'lower' }
  | { readonly kind: 'upper' }
  | { readonly kind: 'mean' }
  | { readonly kind: 'capacity' }
  | { readonly kind: 'probability' };

/** What a field is called: its own name, its metric's, and its labels. */
export interface FieldIdentity {
  /** As the field or its frame is named. */
  readonly name: string;
  /** As the panel's legend would show it. */
  readonly displayName: string;
  readonly labels: Readonly<Record<string, string>>;
}
