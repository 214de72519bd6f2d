/** Leads, counted from 1, around which weights and calibration are learned; between them they change gradually. */
export interface LeadZone {
  readonly lead: number;
  readonly from: number;
  readonly to: number;
}

const PARTS = [0, 1 / 48, 1 / 12, 1 / 3, 2 / 3, 1];

/** The zones of a horizon, ascending; they meet halfway between their leads. */
export function leadZones(horizon: number): LeadZone[] {
  const leads = [...new Set(PARTS.map((part) => Math.max(1, Math.round(part * horizon))))];
  return leads.map((lead, index) => ({
    lead,
    from: index === 0 ? 1 : Math.floor((leads[index - 1]! + lead) / 2) + 1,
    to: index === leads.length - 1 ? horizon : Math.floor((lead + leads[index + 1]!) / 2),
  }));
}
