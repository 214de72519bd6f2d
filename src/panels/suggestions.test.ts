import { FieldType, toDataFrame, VisualizationSuggestionScore, type DataFrame } from '@grafana/data';
import { isLabelled } from './labelled';
import { suggestionsSupplier, type SeenData } from './suggestions';

const suggest = ({ hasData, rawFrames }: SeenData) =>
  hasData === true && isLabelled(rawFrames, 'workload') ? [{ score: VisualizationSuggestionScore.Good }] : [];

const frame = (labels?: Record<string, string>): DataFrame =>
  toDataFrame({ fields: [{ name: 'value', type: FieldType.number, values: [1], ...(labels && { labels }) }] });

/** As Grafana 12 asks: by its builder, whose summary knows nothing of frames. */
function askAsTwelve(series: DataFrame[]): object[] {
  const list: object[] = [];
  const supplier = suggestionsSupplier({ id: 'a-panel', name: 'A' }, suggest) as unknown as {
    getSuggestionsForData: (builder: object) => void;
  };
  supplier.getSuggestionsForData({
    data: { series },
    dataSummary: { hasData: series.length > 0 },
    getListAppender: (defaults: object) => ({
      append: (suggestion: object) => list.push({ ...defaults, ...suggestion }),
    }),
  });
  return list;
}

it('suggests the same to Grafana 12, and says whose suggestion it is', () => {
  expect(askAsTwelve([frame({ workload: 'shop' })])).toEqual([{ pluginId: 'a-panel', name: 'A', score: 70 }]);
  expect(askAsTwelve([frame()])).toEqual([]);
  expect(askAsTwelve([])).toEqual([]);
});

it('is called by Grafana 13 with a summary', () => {
  const ask = suggestionsSupplier({ id: 'a-panel', name: 'A' }, suggest) as unknown as typeof suggest;
  expect(ask({ hasData: true, rawFrames: [frame({ workload: 'shop' })] })).toEqual([{ score: 70 }]);
  expect(ask({ hasData: true })).toEqual([]);
});
