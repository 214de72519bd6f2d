import { unwrap, type Call, type Expr } from '../../ast.ts';
import { LabelSet } from '../../labelSet.ts';
import type { EvaluationContext } from '../context.ts';
import { gridTimeAt, type EvaluationGrid } from '../grid.ts';
import { evaluateInstantSelector } from '../instantSelector.ts';
import type { EvaluatedValue, VectorSeries } from '../value.ts';
import { absent, onlyValue } from './countPresent.ts';
import { DATE_FUNCTIONS } from './dateFunctions.ts';
import { ELEMENT_FUNCTIONS, roundTo } from './elementFunctions.ts';
import { histogramFraction, histogramQuantile } from './histogramCalls.ts';
import { evaluateInfo } from './info.ts';
import { labelJoin, labelReplace, stringArgument } from './labelFunctions.ts';
import { clamp, mapValues } from './mapValues.ts';
import { sortByLabels, sortByValue } from './sortSeries.ts';

/** A function without a range vector among its arguments, over a grid. */
export async function evaluateVectorCall(
  context: EvaluationContext,
  call: Call,
  grid: EvaluationGrid
): Promise<EvaluatedValue> {
  const { args } = call;
  const { name } = call.fn;
  const scalar = (index: number): Promise<Float64Array> => context.evaluateScalar(args[index]!, grid);
  const vector = (index = 0): Promise<readonly VectorSeries[]> => context.evaluateVector(args[index]!, grid);
  const map = async (compute: (value: number, step: number) => number): Promise<EvaluatedValue> =>
    ofSeries(await mapValues(context, await vector(), grid, compute));

  const element = ELEMENT_FUNCTIONS.get(name);
  if (element !== undefined) {
    return await map(element);
  }
  const date = DATE_FUNCTIONS.get(name);
  if (date !== undefined) {
    return args.length === 0
      ? ofSeries([
          { labels: LabelSet.EMPTY, dropsName: false, values: times(grid, (ms) => date(Math.trunc(ms / 1000))) },
        ])
      : await map(date);
  }
  switch (name) {
    case 'absent':
      return ofSeries(absent(await vector(), args[0], grid));
    case 'clamp':
      return ofSeries(await clamp(context, await vector(), grid, await scalar(1), await scalar(2)));
    case 'clamp_max':
      return ofSeries(
        await clamp(context, await vector(), grid, new Float64Array(grid.count).fill(-Infinity), await scalar(1))
      );
    case 'clamp_min':
      return ofSeries(
        await clamp(context, await vector(), grid, await scalar(1), new Float64Array(grid.count).fill(Infinity))
      );
    case 'histogram_avg':
    case 'histogram_count':
    case 'histogram_stddev':
    case 'histogram_stdvar':
    case 'histogram_sum':
      await vector();
      return ofSeries([]);
    case 'histogram_fraction':
      return ofSeries(await histogramFraction(context, call, grid));
    case 'histogram_quantile':
      return ofSeries(await histogramQuantile(context, call, grid));
    case 'info':
      return ofSeries(await evaluateInfo(context, call, grid));
    case 'label_join':
      return ofSeries(labelJoin(await vector(), args));
    case 'label_replace':
      return ofSeries(await labelReplace(context, await vector(), args));
    case 'pi':
      return { type: 'scalar', values: new Float64Array(grid.count).fill(Math.PI) };
    case 'round': {
      const nearest = args.length > 1 ? await scalar(1) : undefined;
      return await map((value, step) => roundTo(value, nearest?.[step]));
    }
    case 'scalar':
      return { type: 'scalar', values: onlyValue(await vector(), grid) };
    case 'sort':
    case 'sort_desc':
      return ofSeries(grid.count === 1 ? sortByValue(await vector(), name === 'sort' ? 1 : -1) : await vector());
    case 'sort_by_label':
    case 'sort_by_label_desc':
      return ofSeries(
        sortByLabels(await vector(), args.slice(1).map(stringArgument), name === 'sort_by_label' ? 1 : -1)
      );
    case 'time':
      return { type: 'scalar', values: times(grid, (ms) => ms / 1000) };
    case 'timestamp':
      return await timestamp(context, args[0]!, grid);
    case 'vector':
      return ofSeries([{ labels: LabelSet.EMPTY, dropsName: false, values: (await scalar(0)).slice() }]);
    default:
      throw new Error(`function ${name} has no evaluation`);
  }
}

function ofSeries(series: readonly VectorSeries[]): EvaluatedValue {
  return { type: 'vector', series };
}

function times(grid: EvaluationGrid, of: (timeMs: number) => number): Float64Array {
  return Float64Array.from({ length: grid.count }, (_, step) => of(gridTimeAt(grid, step)));
}

/** When the samples of a selector were taken; of anything else, the evaluation time. */
async function timestamp(context: EvaluationContext, arg: Expr, grid: EvaluationGrid): Promise<EvaluatedValue> {
  const selector = unwrap(arg);
  if (selector.kind !== 'vectorSelector') {
    const series = await context.evaluateVector(arg, grid);
    return ofSeries(await mapValues(context, series, grid, (_, step) => gridTimeAt(grid, step) / 1000));
  }
  const selected = context.selected(selector);
  const { lookbackMs, meter } = context;
  const series = await evaluateInstantSelector(selector, selected, grid, lookbackMs, meter, 'timeSeconds');
  return ofSeries(await mapValues(context, series, grid, (seconds) => seconds));
}
