/** Rules with `runbook_url`, the page of their runbook under `base`; as they are where there is no base. */
export function withRunbooks<Rule extends { readonly annotations: object }>(
  rules: readonly Rule[],
  nameOf: (rule: Rule) => string,
  base: string | undefined
): readonly Rule[] {
  return base === undefined
    ? rules
    : rules.map((rule) => ({
        ...rule,
        annotations: { ...rule.annotations, runbook_url: `${base}/${nameOf(rule)}.md` },
      }));
}
