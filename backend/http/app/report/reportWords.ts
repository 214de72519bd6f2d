import type { KpiEstimate, KpiFigures } from '../../../../contract/index.ts';

/** A figure of three digits; a dash where it is not known. */
export function numberText(value: number | null, unit = ''): string {
  if (value === null) {
    return '–';
  }
  const text =
    Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
  return unit === '' ? text : `${text} ${unit}`;
}

/** A share in percent; a dash where it is not known. */
export function shareText(share: number | null): string {
  return share === null ? '–' : `${String(Number((100 * share).toPrecision(share > 0.99 && share < 1 ? 4 : 3)))} %`;
}

/** An estimate with its interval, or why there is none. */
export function estimateText({ value, low, high }: KpiEstimate, unit: string): string {
  const sure =
    low === null || high === null
      ? 'too few days to say how sure'
      : `95 % between ${numberText(low)} and ${numberText(high)}`;
  return `${numberText(value, unit)} (${sure})`;
}

/** What was saved and how sure that is, in a few sentences. */
export function headline(all: KpiFigures): string[] {
  const { savings, actedShare, currency, reactive, violationMinutes, forecastValue } = all;
  const [gain, unit] = savings.cost === null ? [savings.replicaHours, 'replica hours'] : [savings.cost, currency ?? ''];
  const { value, low, high } = gain;
  const isSure = low !== null && high !== null && low * high > 0 && low * value > 0;
  const what = `${value >= 0 ? 'less' : 'more'} than the reactive autoscaler would have cost on the same demand`;
  const words = [
    `The fleet cost ${numberText(Math.abs(value), unit)} ${what}${
      low === null || high === null
        ? '; there are too few days to say how sure that is.'
        : isSure
          ? `; by how the days differ, between ${numberText(Math.min(Math.abs(low), Math.abs(high)), unit)} and ${numberText(Math.max(Math.abs(low), Math.abs(high)), unit)} ${value >= 0 ? 'less' : 'more'} (95 %).`
          : `, but the days differ so much that it may as well be nothing: between ${numberText(low, unit)} and ${numberText(high, unit)} (95 %).`
    }`,
    `Demand lay above what the replicas serve for ${numberText(violationMinutes)} minutes; alone, the reactive autoscaler would have come to ${numberText(reactive.violationMinutes)}.`,
  ];
  if (actedShare < 1) {
    words.push(
      actedShare === 0
        ? 'Headroom only looked on: none of this is its doing.'
        : `Headroom acted on ${shareText(actedShare)} of the days, workload by workload; of the others none is its doing.`
    );
  }
  const worth = forecastValue.againstNone;
  if (worth !== null) {
    const each = worth.cost === null ? worth.replicaHours : worth.cost;
    words.push(
      `Had the recommended floors stood all the time, they would have saved ${estimateText(each, unit)} against the reactive autoscaler alone, and avoided ${numberText(worth.violationMinutes.value)} minutes of violation.`
    );
  }
  return words;
}
