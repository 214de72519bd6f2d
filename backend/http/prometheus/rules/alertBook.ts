import { parseDurationSeconds } from '../../../timeseries/index.ts';
import {
  evaluateInstant,
  LabelSet,
  parseExpression,
  type EvaluationOptions,
  type Expr,
  type SampleSource,
} from '../../../promql/index.ts';
import type { AlertGroup, AlertRule } from './alertRules.ts';
import { expandTemplate } from './expandTemplate.ts';

/** One alert that holds: of one label set of a rule's result. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAtMs: number;
  /** Since when it only goes on for the rule's `keep_firing_for`. */
  readonly keepFiringSinceMs?: number;
  readonly value: number;
}

/** A rule with what its last evaluation made of it. */
export interface RuleState {
  readonly rule: AlertRule;
  readonly expr: Expr;
  readonly forMs: number;
  readonly keepFiringForMs: number;
  readonly alerts: readonly ActiveAlert[];
  /** What the last evaluation failed with; the alerts are then those of before. */
  readonly lastError?: string;
  readonly evaluatedAtMs?: number;
  readonly evaluationSeconds: number;
}

export interface GroupState {
  readonly name: string;
  readonly intervalSeconds: number;
  readonly rules: readonly RuleState[];
  readonly evaluatedAtMs?: number;
  readonly evaluationSeconds: number;
}

/** Where a rule's samples come from, and what bounds its evaluation. */
export type EvaluateRule = <T>(work: (source: SampleSource, options: EvaluationOptions) => Promise<T>) => Promise<T>;

/** Keeps Headroom's own alert rules: evaluates a group when its interval has passed, and remembers since when what holds. */
export class AlertBook {
  #groups: readonly GroupState[];
  readonly #evaluate: EvaluateRule;
  #running: Promise<void> | undefined;

  constructor(groups: readonly AlertGroup[], evaluate: EvaluateRule) {
    this.#evaluate = evaluate;
    this.#groups = groups.map(({ name, interval, rules }) => ({
      name,
      intervalSeconds: parseDurationSeconds(interval) ?? 60,
      evaluationSeconds: 0,
      rules: rules.map((rule) => ({
        rule,
        expr: parseExpression(rule.expr),
        forMs: milliseconds(rule.for),
        keepFiringForMs: milliseconds(rule.keep_firing_for ?? '0'),
        alerts: [],
        evaluationSeconds: 0,
      })),
    }));
  }

  get groups(): readonly GroupState[] {
    return this.#groups;
  }

  /** Evaluates the groups whose interval has passed; one evaluation at a time. */
  async evaluateDue(nowMs: number): Promise<void> {
    this.#running ??= this.#evaluateAll(nowMs).finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #evaluateAll(nowMs: number): Promise<void> {
    for (const [index, group] of this.#groups.entries()) {
      const since = nowMs - (group.evaluatedAtMs ?? Number.NEGATIVE_INFINITY);
      if (since >= 0 && since < group.intervalSeconds * 1000) {
        continue;
      }
      const begin = performance.now();
      const rules: RuleState[] = [];
      for (const state of group.rules) {
        rules.push(await this.#evaluated(state, nowMs));
      }
      const next = { ...group, rules, evaluatedAtMs: nowMs, evaluationSeconds: (performance.now() - begin) / 1000 };
      this.#groups = this.#groups.with(index, next);
    }
  }

  async #evaluated(state: RuleState, nowMs: number): Promise<RuleState> {
    const begin = performance.now();
    const { rule, expr, forMs, keepFiringForMs } = state;
    const rest = { rule, expr, forMs, keepFiringForMs };
    try {
      const { value } = await this.#evaluate((source, options) => evaluateInstant(source, expr, nowMs, options));
      const samples = value.type === 'vector' ? value.samples : [];
      const holding = samples.map((sample) => holdingAlert(state, sample.labels, sample.value, nowMs));
      const keys = new Set(holding.map(({ labels }) => LabelSet.from(labels).key));
      const kept = state.alerts
        .filter(({ labels }) => !keys.has(LabelSet.from(labels).key))
        .flatMap((alert) => keptAlert(state, alert, nowMs));
      return {
        ...rest,
        alerts: [...holding, ...kept],
        evaluatedAtMs: nowMs,
        evaluationSeconds: (performance.now() - begin) / 1000,
      };
    } catch (error) {
      return {
        ...rest,
        alerts: state.alerts,
        lastError: (error as Error).message,
        evaluatedAtMs: nowMs,
        evaluationSeconds: (performance.now() - begin) / 1000,
      };
    }
  }
}

function milliseconds(duration: string): number {
  return (parseDurationSeconds(duration) ?? 0) * 1000;
}

function holdingAlert({ rule, forMs, alerts }: RuleState, of: LabelSet, value: number, nowMs: number): ActiveAlert {
  const own = of.withoutMetadata().toRecord();
  const labels = { ...own, ...rule.labels, alertname: rule.alert };
  const { key } = LabelSet.from(labels);
  const before = alerts.find((alert) => LabelSet.from(alert.labels).key === key);
  const activeAtMs = before?.activeAtMs ?? nowMs;
  return {
    labels,
    annotations: Object.fromEntries(
      Object.entries(rule.annotations).map(([name, text]) => [name, expandTemplate(text, own, value)])
    ),
    state: before?.state === 'firing' || nowMs - activeAtMs >= forMs ? 'firing' : 'pending',
    activeAtMs,
    value,
  };
}

/** What goes on of an alert that no longer holds. */
function keptAlert({ keepFiringForMs }: RuleState, alert: ActiveAlert, nowMs: number): readonly ActiveAlert[] {
  const keepFiringSinceMs = alert.keepFiringSinceMs ?? nowMs;
  return alert.state === 'firing' && nowMs - keepFiringSinceMs < keepFiringForMs
    ? [{ ...alert, keepFiringSinceMs }]
    : [];
}
