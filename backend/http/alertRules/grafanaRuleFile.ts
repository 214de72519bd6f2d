/** A query of a rule to a data source of Grafana's. */
export interface GrafanaRuleQuery {
  readonly refId: string;
  /** Seconds before now; negative ones lie in the future. */
  readonly relativeTimeRange: { readonly from: number; readonly to: number };
  readonly datasourceUid: string;
  readonly model: Readonly<Record<string, unknown>>;
}

/** A step of a rule that Grafana computes itself. */
export interface GrafanaRuleExpression {
  readonly refId: string;
  readonly datasourceUid: '__expr__';
  readonly model: Readonly<Record<string, unknown>>;
}

/** What a rule does without data, or when its query fails. */
export type GrafanaFallbackState = 'Alerting' | 'KeepLast' | 'OK';

export interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly data: ReadonlyArray<GrafanaRuleQuery | GrafanaRuleExpression>;
  readonly dashboardUid?: string;
  readonly panelId?: number;
  readonly noDataState: GrafanaFallbackState;
  readonly execErrState: GrafanaFallbackState;
  readonly for: string;
  readonly keepFiringFor?: string;
  readonly isPaused: boolean;
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url?: string };
  readonly labels: Readonly<Record<string, string>>;
}

/** A file for Grafana's `provisioning/alerting`. */
export interface GrafanaRuleFile {
  readonly apiVersion: 1;
  readonly groups: ReadonlyArray<{
    readonly orgId: number;
    readonly name: string;
    readonly folder: string;
    readonly interval: string;
    readonly rules: readonly GrafanaRule[];
  }>;
}
