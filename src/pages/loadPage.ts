import { PLUGIN_BASE_URL, ROUTES } from '../routes';
import { askEarly, FLEET } from '../sidecar/early';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS } from '../sidecar/permissions';

/** Each page's code. */
export const PAGES = {
  audit: () => import('./Audit/Audit'),
  experiment: () => import('./Experiments/Experiment'),
  experiments: () => import('./Experiments/Experiments'),
  forecast: () => import('./Forecast/Forecast'),
  models: () => import('./Models/Models'),
  newExperiment: () => import('./Experiments/NewExperiment'),
  notFound: () => import('./NotFound/NotFound'),
  overview: () => import('./Overview/Overview'),
  recommendation: () => import('./Recommendations/Recommendation'),
  recommendations: () => import('./Recommendations/Recommendations'),
  report: () => import('./Report/Report'),
  scenarios: () => import('./Scenarios/Scenarios'),
  setup: () => import('./Setup/Setup'),
  workload: () => import('./Workload/Workload'),
  workloadModels: () => import('./Models/WorkloadModels'),
} as const;

export type PageName = keyof typeof PAGES;

interface PageRoute {
  /** As the router takes it. */
  readonly path: string;
  readonly page: PageName;
}

/** Which page stands at which address below the app's. */
export const PAGE_ROUTES: readonly PageRoute[] = [
  { path: ROUTES.overview, page: 'overview' },
  { path: `${ROUTES.workload}/:name`, page: 'workload' },
  { path: ROUTES.recommendations, page: 'recommendations' },
  { path: `${ROUTES.recommendations}/:id`, page: 'recommendation' },
  { path: ROUTES.audit, page: 'audit' },
  { path: ROUTES.forecast, page: 'forecast' },
  { path: ROUTES.scenarios, page: 'scenarios' },
  { path: ROUTES.models, page: 'models' },
  { path: `${ROUTES.models}/:name`, page: 'workloadModels' },
  { path: ROUTES.experiments, page: 'experiments' },
  { path: `${ROUTES.experiments}/new`, page: 'newExperiment' },
  { path: `${ROUTES.experiments}/:id`, page: 'experiment' },
  { path: ROUTES.report, page: 'report' },
  { path: ROUTES.setup, page: 'setup' },
  { path: `${ROUTES.setup}/:name`, page: 'setup' },
];

/** The page at an address of the browser; the overview is where an address names none. */
export function pageAt(pathname: string): PageName {
  const start = pathname.indexOf(PLUGIN_BASE_URL);
  const words = pathname
    .slice(start + PLUGIN_BASE_URL.length)
    .split('/')
    .filter(Boolean);
  if (start < 0 || words.length === 0) {
    return 'overview';
  }
  const found = PAGE_ROUTES.find(({ path }) => {
    const pattern = path.split('/');
    return (
      pattern.length === words.length && pattern.every((part, index) => part.startsWith(':') || part === words[index])
    );
  });
  return found?.page ?? 'notFound';
}

const FLEET_PAGES: ReadonlySet<PageName> = new Set(['overview', 'recommendations', 'scenarios', 'models']);

/**
 * Fetches a page's code with the app's rather than after it, and the fleet meanwhile where the page begins with that;
 * what fails here fails where the page is shown.
 */
export function fetchPage(pathname: string): void {
  const page = pageAt(pathname);
  if (FLEET_PAGES.has(page) && isAllowed(PERMISSIONS.read)) {
    askEarly(FLEET);
  }
  PAGES[page]().catch(() => undefined);
}
