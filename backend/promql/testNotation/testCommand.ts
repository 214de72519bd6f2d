import type { NotedSeries } from './seriesNotation.ts';

/** What an evaluation is expected to say beside its result. */
export interface Expectation {
  readonly kind: 'fail' | 'warn' | 'no_warn' | 'info' | 'no_info' | 'ordered' | 'string';
  /** The exact text, or a regular expression (RE2) that it must contain; neither: any. */
  readonly message?: string;
  readonly pattern?: string;
}

export interface LoadCommand {
  readonly kind: 'load';
  readonly line: number;
  readonly stepMs: number;
  readonly series: readonly NotedSeries[];
  /** `load_with_nhcb`: classic histograms are native ones too. */
  readonly hasNativeHistograms: boolean;
}

export interface EvalCommand {
  readonly kind: 'eval';
  readonly line: number;
  readonly query: string;
  readonly isRange: boolean;
  readonly startMs: number;
  /** Equal to `startMs` for an instant. */
  readonly endMs: number;
  readonly stepMs: number;
  readonly expectations: readonly Expectation[];
  /** A number alone on its line. */
  readonly scalar?: number;
  readonly series: readonly NotedSeries[];
}

export type TestCommand =
  | LoadCommand
  | EvalCommand
  | { readonly kind: 'clear'; readonly line: number }
  /** A command that cannot be read, which counts as a failure. */
  | { readonly kind: 'invalid'; readonly line: number; readonly text: string; readonly problem: string };
