const MOST_LETTERS = 63;

/** A plan's name for a proposal: the scenario it is for and its point of the frontier, as names may be. */
export function proposalName(scenario: string, plan: string): string {
  const text = `${scenario.slice(0, MOST_LETTERS - plan.length - 1)}-${plan}`
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, MOST_LETTERS)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return text === '' ? 'plan' : text;
}
