import { createHash } from 'node:crypto';
import { LabelSet, printExpression, type LabelMatcher } from '../../../promql/index.ts';
import type { ActiveAlert, AlertBook, GroupState, RuleState } from '../rules/alertBook.ts';
import type { ApiAnswer, Endpoint } from './apiRequest.ts';
import { badData, invalidParameter, type Parameters } from './parameters.ts';

/** What Prometheus would call the file of the rules. */
const FILE = 'headroom';
const NEVER = '0001-01-01T00:00:00Z';
const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true])),
  ...Object.fromEntries(['', '0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false])),
};

/** `rules`: Headroom's own alert rules with what holds of them. */
export function rules(book: AlertBook): Endpoint {
  return async ({ parameters, nowMs }): Promise<ApiAnswer> => {
    const wanted = wantedRules(parameters);
    await book.evaluateDue(nowMs);
    const groups = book.groups
      .filter(({ name }) => isAmong(parameters.all('rule_group[]'), name))
      .map((group) => ({ group, rules: group.rules.filter(wanted.isWanted) }))
      .filter((each) => each.rules.length > 0);
    const { page, nextToken } = pageOf(groups, parameters);
    return {
      data: {
        groups: page.map(({ group, rules: shown }) => describeGroup(group, shown, wanted.excludesAlerts)),
        ...(nextToken === undefined ? {} : { groupNextToken: nextToken }),
      },
    };
  };
}

/** `alerts`: those that hold. */
export function alerts(book: AlertBook): Endpoint {
  return async ({ nowMs }): Promise<ApiAnswer> => {
    await book.evaluateDue(nowMs);
    const active = book.groups.flatMap((group) => group.rules.flatMap((rule) => rule.alerts));
    return { data: { alerts: active.map(describeAlert) } };
  };
}

interface WantedRules {
  readonly isWanted: (rule: RuleState) => boolean;
  readonly excludesAlerts: boolean;
}

function wantedRules(parameters: Parameters): WantedRules {
  const type = parameters.text('type').toLowerCase();
  if (!['', 'alert', 'record'].includes(type)) {
    throw invalidParameter('type', `not supported value "${type}"`);
  }
  const excluded = parameters.text('exclude_alerts');
  const excludesAlerts = BOOLEANS[excluded];
  if (excludesAlerts === undefined) {
    throw invalidParameter(
      'exclude_alerts',
      `error converting exclude_alerts: strconv.ParseBool: parsing ${JSON.stringify(excluded)}: invalid syntax`
    );
  }
  const sets = parameters.matcherSets();
  return {
    excludesAlerts,
    isWanted: ({ rule }) =>
      type !== 'record' &&
      isAmong(parameters.all('rule_name[]'), rule.alert) &&
      isAmong(parameters.all('file[]'), FILE) &&
      (sets.length === 0 || sets.some((matchers) => matchesLabels(matchers, rule.labels))),
  };
}

function isAmong(wanted: readonly string[], name: string): boolean {
  return wanted.length === 0 || wanted.includes(name);
}

function matchesLabels(matchers: readonly LabelMatcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every((matcher) => matcher.matches(labels[matcher.name] ?? ''));
}

/** The groups from `group_next_token` on, at most `group_limit`. */
function pageOf<T extends { readonly group: GroupState }>(
  groups: readonly T[],
  parameters: Parameters
): { readonly page: readonly T[]; readonly nextToken?: string } {
  const [limitText, token] = [parameters.text('group_limit'), parameters.text('group_next_token')];
  if (limitText === '' && token !== '') {
    throw invalidParameter('group_next_token', 'group_limit needs to be present in order to paginate over the groups');
  }
  if (limitText === '') {
    return { page: groups };
  }
  const limit = /^[+-]?\d{1,9}$/.test(limitText) ? Number(limitText) : undefined;
  if (limit === undefined) {
    throw invalidParameter('group_limit', 'group_limit needs to be a valid number');
  }
  if (limit <= 0) {
    throw invalidParameter('group_limit', 'group_limit needs to be greater than 0');
  }
  const begin = token === '' ? 0 : groups.findIndex(({ group }) => tokenOf(group) === token);
  if (begin < 0) {
    throw badData(`invalid group_next_token '${token}'. were rule groups changed?`);
  }
  const next = groups[begin + limit];
  return {
    page: groups.slice(begin, begin + limit),
    ...(next === undefined ? {} : { nextToken: tokenOf(next.group) }),
  };
}

function tokenOf({ name }: GroupState): string {
  return createHash('sha1').update(`${FILE};${name}`).digest('hex');
}

function describeGroup(group: GroupState, shown: readonly RuleState[], excludesAlerts: boolean): unknown {
  return {
    name: group.name,
    file: FILE,
    rules: shown.map((rule) => describeRule(rule, excludesAlerts)),
    interval: group.intervalSeconds,
    limit: 0,
    evaluationTime: group.evaluationSeconds,
    lastEvaluation: timeText(group.evaluatedAtMs),
  };
}

function describeRule(state: RuleState, excludesAlerts: boolean): unknown {
  const { rule, expr, forMs, keepFiringForMs, alerts: active, lastError, evaluatedAtMs, evaluationSeconds } = state;
  return {
    state: active.some((alert) => alert.state === 'firing') ? 'firing' : active.length > 0 ? 'pending' : 'inactive',
    name: rule.alert,
    query: printExpression(expr),
    duration: forMs / 1000,
    keepFiringFor: keepFiringForMs / 1000,
    labels: rule.labels,
    annotations: rule.annotations,
    ...(excludesAlerts ? {} : { alerts: active.map(describeAlert) }),
    health: lastError !== undefined ? 'err' : evaluatedAtMs === undefined ? 'unknown' : 'ok',
    ...(lastError === undefined ? {} : { lastError }),
    evaluationTime: evaluationSeconds,
    lastEvaluation: timeText(evaluatedAtMs),
    type: 'alerting',
  };
}

function describeAlert({ labels, annotations, state, activeAtMs, keepFiringSinceMs, value }: ActiveAlert): unknown {
  return {
    labels: LabelSet.from(labels).toRecord(),
    annotations,
    state,
    activeAt: timeText(activeAtMs),
    ...(keepFiringSinceMs === undefined ? {} : { keepFiringSince: timeText(keepFiringSinceMs) }),
    value: scientific(value),
  };
}

function timeText(timeMs: number | undefined): string {
  return timeMs === undefined ? NEVER : new Date(timeMs).toISOString().replace('.000Z', 'Z');
}

/** As Go's strconv.FormatFloat(value, 'e', -1, 64). */
function scientific(value: number): string {
  return Number.isFinite(value)
    ? value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
    : Number.isNaN(value)
      ? 'NaN'
      : value > 0
        ? '+Inf'
        : '-Inf';
}
