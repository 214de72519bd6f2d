import type { PanelDataSummary, VisualizationSuggestion, VisualizationSuggestionsSupplier } from '@grafana/data';

interface OlderBuilder {
  readonly dataSummary: PanelDataSummary;
  readonly getListAppender: (defaults: object) => { readonly append: (suggestion: object) => void };
}

/**
 * Tells Grafana when a panel is worth suggesting: 13 calls the supplier, 12 asks it for `getSuggestionsForData`; it
 * is both.
 */
export function suggestionsSupplier<O extends object, F extends object>(
  suggest: (summary: PanelDataSummary) => Array<VisualizationSuggestion<O, F>>
): VisualizationSuggestionsSupplier<O, F> {
  return Object.assign((summary: PanelDataSummary) => suggest(summary), {
    getSuggestionsForData: (builder: OlderBuilder) => {
      const appender = builder.getListAppender({});
      for (const suggestion of suggest(builder.dataSummary)) {
        appender.append(suggestion);
      }
    },
  });
}
