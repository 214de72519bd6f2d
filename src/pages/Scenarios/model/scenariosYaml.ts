/** Words that YAML does not read as text. */
const OTHER_THAN_TEXT = /^(true|false|yes|no|on|off|y|n|null|[\d.].*)$/;

/** The lines of a workloads file that say by which scenarios a workload is weighed. */
export function scenariosYaml(workload: string, scenarios: readonly string[]): string {
  const list = scenarios.length === 0 ? '[]' : `[ ${scenarios.map(plain).join(', ')} ]`;
  return `workloads:\n  - name: ${plain(workload)}\n    scenarios: ${list}`;
}

function plain(name: string): string {
  return OTHER_THAN_TEXT.test(name) ? `'${name}'` : name;
}
