import type { HpaRules } from './hpaBehavior.ts';

/** The changes of an HPA's replicas, as far back as its policies look. */
export interface ScaleEvents {
  note(nowSeconds: number, change: number): void;
  /** The most replicas that the rules for scaling out allow. */
  most(nowSeconds: number, current: number, rules: HpaRules): number;
  /** The fewest that the rules for scaling in allow. */
  least(nowSeconds: number, current: number, rules: HpaRules): number;
}

/** Remembers changes for `keptSeconds`. A limit counts from what there was at its period's start, and turns nothing round. */
export function scaleEvents(keptSeconds: number): ScaleEvents {
  let events: Array<{ readonly seconds: number; readonly change: number }> = [];
  const changeWithin = (nowSeconds: number, periodSeconds: number): number =>
    events.reduce((sum, { seconds, change }) => sum + (seconds > nowSeconds - periodSeconds ? change : 0), 0);
  const chosen = (limits: readonly number[], select: HpaRules['select'], isUp: boolean): number =>
    (select === 'max') === isUp ? Math.max(...limits) : Math.min(...limits);
  return {
    note(nowSeconds, change) {
      if (change !== 0) {
        events = events.filter(({ seconds }) => seconds > nowSeconds - keptSeconds);
        events.push({ seconds: nowSeconds, change });
      }
    },
    most(nowSeconds, current, { select, policies }) {
      if (select === 'disabled' || policies.length === 0) {
        return current;
      }
      const limits = policies.map(({ kind, value, periodSeconds }) => {
        const start = current - changeWithin(nowSeconds, periodSeconds);
        return kind === 'pods' ? start + value : Math.ceil(start * (1 + value / 100));
      });
      return Math.max(current, chosen(limits, select, true));
    },
    least(nowSeconds, current, { select, policies }) {
      if (select === 'disabled' || policies.length === 0) {
        return current;
      }
      const limits = policies.map(({ kind, value, periodSeconds }) => {
        const start = current - changeWithin(nowSeconds, periodSeconds);
        return kind === 'pods' ? start - value : Math.trunc(start * (1 - value / 100));
      });
      return Math.min(current, Math.max(0, chosen(limits, select, false)));
    },
  };
}
