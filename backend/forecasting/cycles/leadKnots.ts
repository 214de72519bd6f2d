/** Leads, counted from 1, at which a horizon is modelled: close at first, then the parts of the horizon; ascending. */
export function leadKnots(horizon: number): number[] {
  const knots: number[] = [];
  for (let lead = 1; lead < horizon / 3; lead *= 2) {
    knots.push(lead);
  }
  for (const sixths of [2, 3, 4, 5, 6]) {
    const lead = Math.max(1, Math.round((sixths * horizon) / 6));
    if (lead > (knots.at(-1) ?? 0)) {
      knots.push(lead);
    }
  }
  return knots;
}

/** Between which two knots a lead lies, and how far from the first to the second; beyond the ends it stays there. */
export function knotsAround(
  knots: readonly number[],
  lead: number
): { readonly left: number; readonly right: number; readonly share: number } {
  const last = knots.length - 1;
  let right = 0;
  while (right < last && knots[right]! < lead) {
    right++;
  }
  const left = knots[right]! > lead && right > 0 ? right - 1 : right;
  const share = left === right ? 0 : (lead - knots[left]!) / (knots[right]! - knots[left]!);
  return { left, right, share };
}
