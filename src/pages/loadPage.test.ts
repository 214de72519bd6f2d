import { PLUGIN_BASE_URL } from '../routes';
import { pageAt } from './loadPage';

describe('pageAt', () => {
  it.each([
    ['', 'overview'],
    ['/', 'overview'],
    ['/overview', 'overview'],
    ['/workload/checkout', 'workload'],
    ['/experiments/new', 'newExperiment'],
    ['/experiments/e1', 'experiment'],
    ['/setup/checkout', 'setup'],
    ['/workload', 'notFound'],
    ['/nowhere', 'notFound'],
  ])('knows the page at %s', (path, page) => {
    expect(pageAt(`${PLUGIN_BASE_URL}${path}`)).toBe(page);
  });

  it('knows it behind a path that Grafana is served under', () => {
    expect(pageAt(`/grafana${PLUGIN_BASE_URL}/audit`)).toBe('audit');
  });
});
