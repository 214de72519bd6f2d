/** PromQL over any source of samples: the language of Prometheus 3.5 for floats and classic histograms, and its tests. */
export { annotationTexts, type Annotation } from './evaluation/annotations.ts';
export { isRangeable } from './evaluation/evaluateExpression.ts';
export { evaluateInstant, evaluateRange } from './evaluation/evaluateQuery.ts';
export type { SamplePool } from './evaluation/meter.ts';
export type { MatrixSeries, QueryResult, QueryValue } from './evaluation/queryResult.ts';
export type { EvaluationOptions } from './evaluation/withContext.ts';
export { typeOf, type Expr, type ValueType } from './ast.ts';
export { formatSampleValue, formatTimestamp } from './formatValue.ts';
export { isLabelName } from './labelName.ts';
export { compareLabelSets, LabelSet } from './labelSet.ts';
export { labelMatcher, matchesAll, type LabelMatcher, type MatchOperator } from './matcher.ts';
export { MemorySamples } from './memorySamples.ts';
export type { PromSeries, Samples, SampleSource, SelectRange } from './sampleSource.ts';
export { documentedType } from './syntax/checkTypes.ts';
export { parseExpression, parseSelector } from './syntax/parseExpression.ts';
export { prettyPrint } from './syntax/prettyPrint.ts';
export { printExpression } from './syntax/printExpression.ts';
export { runTestFile, type TestFailure, type TestReport } from './testNotation/runTestFile.ts';
