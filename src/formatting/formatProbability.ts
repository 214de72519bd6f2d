import { formatNumber } from './formatNumber';

/** A probability as a percentage that never rounds a possibility away: `0%`, `<0.1%`, `4%`, `>99.9%`; a dash when unknown. */
export function formatProbability(probability: number | null | undefined): string {
  if (probability === null || probability === undefined || Number.isNaN(probability)) {
    return '–';
  }
  const percent = probability * 100;
  if (percent <= 0) {
    return written(0, 0);
  }
  if (percent >= 100) {
    return written(1, 0);
  }
  if (percent < 0.1) {
    return `<${written(0.001, 1)}`;
  }
  if (percent > 99.9) {
    return `>${written(0.999, 1)}`;
  }
  return written(probability, percent < 1 || percent > 99 ? 1 : 0);
}

function written(share: number, digits: number): string {
  return formatNumber(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
}
