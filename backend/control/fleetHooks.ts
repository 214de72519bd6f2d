/** Something that happened in the loop, for the log and `GET /status`; holds no secret. */
export interface FleetEvent {
  readonly atSeconds: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly what: string;
  readonly workload?: string;
  readonly code?: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** What the loop tells the outside while it runs. */
export interface FleetHooks {
  event(event: FleetEvent): void;
  forecastSeconds(seconds: number): void;
  simulationSeconds(seconds: number): void;
  fitSeconds(seconds: number): void;
  sourceError(source: string, problem: string): void;
  sourceSuccess(source: string, atSeconds: number): void;
  workloadSuccess(workload: string, atSeconds: number): void;
  /** A drift was found that is no spike: models should be trained on what is now. */
  readonly onDrift?: (workload: string, verdict: { readonly kind: string; readonly words: string }) => void;
}
