import { sidecarSentences } from '../testing/sidecarSentences';
import german from './de-DE.json';
import { createRecogniser } from './recognise';

/** What the sidecar says that a page shows: folders and files of `backend`. */
const SPEAKERS = [
  'allocation',
  'control/acting',
  'control/combineSeries.ts',
  'control/computeHandler.ts',
  'control/experiments',
  'control/jobs',
  'control/liveLearning.ts',
  'control/proposals',
  'control/ranges',
  'control/requests',
  'control/scenarios',
  'control/seriesHistory.ts',
  'control/settleRecommendation.ts',
  'control/simulations',
  'control/tuning',
  'control/workloadLoop.ts',
  'control/workloadObserver.ts',
  'errors/table/acting.ts',
  'errors/table/api.ts',
  'errors/table/experiment.ts',
  'errors/table/forecast.ts',
  'errors/table/simulation.ts',
  'errors/table/source.ts',
  'errors/table/storage.ts',
  'errors/table/target.ts',
  'evaluation/importance',
  'forecasting',
  'http/app/acting',
  'http/app/appRoutes.ts',
  'http/app/declarationRoutes.ts',
  'http/app/expectedBy.ts',
  'http/app/experimentRoutes.ts',
  'http/app/issuedOutlook.ts',
  'http/app/keptNames.ts',
  'http/app/modelRoutes.ts',
  'http/app/previewRoute.ts',
  'http/app/ranges.ts',
  'http/app/scenarioRoutes.ts',
  'http/app/simulationRoute.ts',
  'http/app/workloadScenariosRoute.ts',
  'learning/drift',
  'learning/models',
  'learning/switchback',
  'scaling',
  'simulation/scenario',
  'simulation/service',
  'sources/csvSource.ts',
  'sources/grafana',
  'sources/http',
  'sources/prometheus',
  'sources/seriesAssembly.ts',
  'targets',
];
/** What in them speaks to nobody who reads a page. */
const SILENT = [
  'allocation/checkAssessmentInput.ts',
  'control/simulations/simulationWorker.ts',
  'control/tuning/tuningWorker.ts',
];
/** Names and keys of two words. */
const NO_SENTENCES = [
  'Argo CD',
  'Config Sync',
  'aws-asg {0} in {1}',
  'dry-run {0}',
  'gitops {0} in {1}',
  'give back',
  'make up',
];
/** Parts of sentences that are a single word, or that the sidecar puts together from smaller ones. */
const PARTS = [
  '1 day',
  '1 replica',
  'ahead',
  'applied',
  'approve',
  'auto',
  'behind',
  'better',
  'damaged',
  'days',
  'did-not-take',
  'done',
  'failed: {0}',
  'fell',
  'from some time between {0} and {1} on for {2}',
  'from {0} on for {1}',
  'high',
  'in-time',
  'late',
  'low',
  'medium',
  'missing',
  'nothing',
  'observe',
  'only {0}',
  'over {0} %',
  'rose',
  'saves {0}',
  'slo-violated',
  'slo-worsened',
  'under {0} %',
  'worse',
  '{0} days',
  '{0} down',
  '{0} replicas',
  '{0} to {1}',
  '{0} to {1} replicas',
  '{0} up',
  '{0} up and {1} down',
  '{0} with ramps of {1}',
  '{0}: `{1}` less {2}',
  '{0}: `{1}` plus {2}',
  '{0}: `{1}` plus {2} times its usual level',
  '{0}: `{1}` times {2}',
];

const holesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const said = sidecarSentences(SPEAKERS, SILENT).filter(({ pattern }) => !NO_SENTENCES.includes(pattern));

describe('the German of the sidecar’s sentences', () => {
  it('is there for each that a page may show (write it into src/sentences/de-DE.json, with the same holes)', () => {
    const missing = said.filter(({ pattern }) => !(pattern in german));
    expect(missing.map(({ file, line, pattern }) => `backend/${file}:${line} ${pattern}`)).toEqual([]);
    expect(said.length).toBeGreaterThan(700);
  });

  it('is there for no sentence that nobody says any more', () => {
    const patterns = new Set([...said.map(({ pattern }) => pattern), ...PARTS]);
    expect(Object.keys(german).filter((pattern) => !patterns.has(pattern))).toEqual([]);
  });

  it('fills in what the English does', () => {
    expect(
      Object.entries(german).filter(([pattern, text]) => holesOf(pattern).join() !== holesOf(text).join())
    ).toEqual([]);
  });

  it('is found for each, whatever is filled in, and no other stands in its way', () => {
    const recognise = createRecogniser(german);
    const filled = (text: string) => text.replace(/\{(\w+)\}/g, 'x$1');
    const wrong = Object.entries(german)
      .map(([pattern, text]) => ({ pattern, expected: filled(text), found: recognise(filled(pattern)) }))
      .filter(({ expected, found }) => found !== expected);
    expect(wrong).toEqual([]);
  });
});
