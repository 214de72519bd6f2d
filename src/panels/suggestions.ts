import type { DataFrame, PanelPlugin, VisualizationSuggestionScore } from '@grafana/data';

/** Of what a panel would show, what all Grafanas tell. */
export interface SeenData {
  readonly hasData?: boolean;
  readonly rawFrames?: DataFrame[];
}

interface OlderBuilder {
  readonly data?: { readonly series: DataFrame[] };
  readonly dataSummary: SeenData;
  readonly getListAppender: (defaults: Named) => { readonly append: (suggestion: object) => void };
}

interface Named {
  readonly pluginId: string;
  readonly name: string;
}

type Supplier = Parameters<PanelPlugin['setSuggestionsSupplier']>[0];

/**
 * Tells Grafana when a panel is worth suggesting: 13 calls the supplier, 12 asks it for `getSuggestionsForData`; it
 * is both. 12 summarises without the frames, and wants to be told whose suggestion it is.
 */
export function suggestionsSupplier(
  { id, name }: { readonly id: string; readonly name: string },
  suggest: (seen: SeenData) => Array<{ readonly score: VisualizationSuggestionScore }>
): Supplier {
  return Object.assign((seen: SeenData) => suggest(seen), {
    getSuggestionsForData: (builder: OlderBuilder) => {
      const appender = builder.getListAppender({ pluginId: id, name });
      for (const suggestion of suggest({ ...builder.dataSummary, rawFrames: builder.data?.series ?? [] })) {
        appender.append(suggestion);
      }
    },
  });
}
