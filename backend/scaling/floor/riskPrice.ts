const HALF_LIFE_DAYS = 28;
const DAY = 86_400;

/** Finds the price of a shortfall that keeps an accepted risk. */
export interface RiskPrice {
  /** Notes how likely a shortfall was, at each price, in a row decided on `seconds` after the last. */
  note(shortfall: Float64Array, seconds: number): void;
  /** The index of the lowest price whose risk was no more than accepted, averaged over time; the dearest if none was. */
  indexFor(risk: number): number;
}

/**
 * Averages what was foreseen over the last weeks: risk is accepted on average, so quiet hours may pay for restless ones,
 * and the price moves slowly, since at one price everywhere shortfalls are spent where they spare the most.
 *
 * A window holds `windowRows` rows. Counting a shortfall of each row by itself is an upper bound of the risk of the
 * window, so what is accepted is kept.
 */
export function riskPrice(priceCount: number, windowRows: number): RiskPrice {
  const sums = new Float64Array(priceCount);
  let weight = 0;
  return {
    note(shortfall, seconds) {
      const kept = 0.5 ** (seconds / (HALF_LIFE_DAYS * DAY));
      weight = weight * kept + 1;
      for (let price = 0; price < priceCount; price++) {
        sums[price] = sums[price]! * kept + shortfall[price]!;
      }
    },
    indexFor(risk) {
      for (let price = 0; price < priceCount; price++) {
        const row = weight === 0 ? 1 : sums[price]! / weight;
        if (1 - (1 - row) ** Math.max(1, windowRows) <= risk) {
          return price;
        }
      }
      return priceCount - 1;
    },
  };
}
