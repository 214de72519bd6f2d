import { scenariosYaml } from './scenariosYaml';

describe('the lines of a workloads file', () => {
  it('name the workload and what it uses', () => {
    expect(scenariosYaml('checkout', ['api-spike', 'ours'])).toBe(
      'workloads:\n  - name: checkout\n    scenarios: [ api-spike, ours ]'
    );
    expect(scenariosYaml('checkout', [])).toContain('scenarios: []');
  });

  it('quote names that YAML would not read as text', () => {
    expect(scenariosYaml('1e3', ['no', 'null', '2x', 'none'])).toBe(
      "workloads:\n  - name: '1e3'\n    scenarios: [ 'no', 'null', '2x', none ]"
    );
  });
});
