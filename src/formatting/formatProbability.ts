/** A probability as a percentage that never rounds a possibility away: `0%`, `<0.1%`, `4%`, `>99.9%`; a dash when unknown. */
export function formatProbability(probability: number | null | undefined): string {
  if (probability === null || probability === undefined || Number.isNaN(probability)) {
    return '–';
  }
  const percent = probability * 100;
  if (percent <= 0) {
    return '0%';
  }
  if (percent >= 100) {
    return '100%';
  }
  if (percent < 0.1) {
    return '<0.1%';
  }
  if (percent > 99.9) {
    return '>99.9%';
  }
  if (percent < 1 || percent > 99) {
    return `${percent.toFixed(1)}%`;
  }
  return `${Math.round(percent)}%`;
}
