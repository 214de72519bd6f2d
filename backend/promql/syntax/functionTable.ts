import type { ValueType } from '../ast.ts';

/** What a function takes and gives; checked before it is evaluated. */
export interface FunctionSignature {
  readonly name: string;
  readonly argTypes: readonly ValueType[];
  /** 0: exactly the arguments; n: the last one is optional and may come up to n times; -1: any number of times. */
  readonly variadic: number;
  readonly returnType: ValueType;
  /** Only where experimental functions are switched on. */
  readonly isExperimental: boolean;
}

const vectorToVector = [
  'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor ln log10 log2 rad sgn sin sinh sort',
  'sort_desc sqrt tan tanh timestamp histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar',
];
const dateFunctions = ['days_in_month day_of_month day_of_week day_of_year hour minute month year'];
const rangeToVector = [
  'absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time',
  'max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
];
const experimentalRangeToVector = ['mad_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time'];

/** Every function of Prometheus 3.5, by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map(
  [
    ...all(vectorToVector, ['vector']),
    ...all(dateFunctions, ['vector'], 'vector', 1),
    ...all(rangeToVector, ['matrix']),
    ...all(experimentalRangeToVector, ['matrix'], 'vector', 0, true),
    ...all(['clamp'], ['vector', 'scalar', 'scalar']),
    ...all(['clamp_max clamp_min'], ['vector', 'scalar']),
    ...all(['histogram_fraction'], ['scalar', 'scalar', 'vector']),
    ...all(['histogram_quantile'], ['scalar', 'vector']),
    ...all(['double_exponential_smoothing'], ['matrix', 'scalar', 'scalar'], 'vector', 0, true),
    ...all(['info'], ['vector', 'vector'], 'vector', 1, true),
    ...all(['label_replace'], ['vector', 'string', 'string', 'string', 'string']),
    ...all(['label_join'], ['vector', 'string', 'string', 'string'], 'vector', -1),
    ...all(['predict_linear'], ['matrix', 'scalar']),
    ...all(['quantile_over_time'], ['scalar', 'matrix']),
    ...all(['round'], ['vector', 'scalar'], 'vector', 1),
    ...all(['sort_by_label sort_by_label_desc'], ['vector', 'string'], 'vector', -1, true),
    ...all(['pi time'], [], 'scalar'),
    ...all(['scalar'], ['vector'], 'scalar'),
    ...all(['vector'], ['scalar']),
  ].map((signature) => [signature.name, signature])
);

function all(
  names: readonly string[],
  argTypes: readonly ValueType[],
  returnType: ValueType = 'vector',
  variadic = 0,
  isExperimental = false
): FunctionSignature[] {
  return names
    .flatMap((line) => line.split(' '))
    .map((name) => ({ name, argTypes, returnType, variadic, isExperimental }));
}
