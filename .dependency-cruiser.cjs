// The arrows of docs/architecture.md. A rule's comment is what a person reads when it fails: it says what to do instead.

const TEST_FILE = '\\.(test|fixture)\\.ts$';

const rungs = [
  ['timeseries', 'errors', 'network', 'config'],
  ['statistics', 'random', 'webassembly'],
  ['features', 'promql', 'forecasting'],
  ['evaluation', 'neural', 'simulation'],
  ['allocation', 'scaling', 'replay'],
  ['sources', 'storage', 'targets'],
  ['learning', 'control'],
  ['http'],
  ['commands'],
];

const PORTS_BESIDE = [
  // learning feeds control (scores, drift) and control calls it: one arrow, by the word of the house.
  ['control', 'learning'],
  // errors and config know the words of timeseries.
  ['config', 'timeseries'],
  ['config', 'errors'],
  ['replay', 'scaling'],
];

const rankOf = new Map(rungs.flatMap((rooms, rank) => rooms.map((room) => [room, rank])));

const arrows = [...rankOf].map(([room, rank]) => {
  const forbidden = [...rankOf]
    .filter(([other, otherRank]) => other !== room && otherRank >= rank)
    .map(([other]) => other)
    .filter((other) => !PORTS_BESIDE.some(([from, to]) => from === room && to === other));
  return {
    name: `${room}-looks-left`,
    severity: 'error',
    comment:
      `backend/${room} may import only rooms to its left: contract <- timeseries, errors, network, config <- statistics, random <- ` +
      'features, promql, forecasting <- evaluation, neural, simulation <- allocation, scaling <- sources, storage, targets <- ' +
      'learning, control <- http <- commands, main, cli. Move what you need into the lowest room that needs it, or declare a ' +
      'port there and let the outer room implement it (main.ts joins them).',
    from: { path: `^backend/${room}/`, pathNot: TEST_FILE },
    to: { path: `^backend/(${forbidden.join('|')}|exams|main\\.ts|cli\\.ts)(/|$)` },
  };
});

const PURE =
  'timeseries|errors|statistics|random|webassembly|features|promql|forecasting|evaluation|simulation|allocation|scaling|replay';

/** Files that load the WebAssembly of a library from its package, and touch nothing else (docs/adr/0005). */
const LOADERS = ['^backend/forecasting/augurs/augursModules\\.ts$'];

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'through-the-door',
      severity: 'error',
      comment:
        'A room is entered through its index.ts only. Export the name there, or ask whether the thing belongs in your room.',
      from: { path: '^backend/([^/]+)/', pathNot: TEST_FILE },
      to: { path: '^backend/([^/]+)/.+', pathNot: ['^backend/$1/', '^backend/[^/]+/index\\.ts$'] },
    },
    {
      name: 'pure-rooms-touch-nothing',
      severity: 'error',
      comment:
        'Everything up to scaling is pure: no clock, file, network or process. Take what you need as an argument; the rim ' +
        '(sources, storage, control, commands) reads the world and passes it in.',
      from: { path: `^backend/(${PURE})/`, pathNot: [TEST_FILE, ...LOADERS] },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(assert|assert/strict|crypto)$' },
    },
    {
      name: 'exams-are-for-tests',
      severity: 'error',
      comment: 'Only tests import exams/. Code that the product needs belongs in a room.',
      from: { path: '^backend/', pathNot: [TEST_FILE, '^backend/exams/'] },
      to: { path: '^backend/exams/' },
    },
    {
      name: 'plugin-and-sidecar-meet-in-contract',
      severity: 'error',
      comment: 'src and backend never import each other. Put the schema or type both need into contract/.',
      from: { path: '^src/' },
      to: { path: '^backend/' },
    },
    {
      name: 'sidecar-and-plugin-meet-in-contract',
      severity: 'error',
      comment: 'backend and src never import each other. Put the schema or type both need into contract/.',
      from: { path: '^backend/' },
      to: { path: '^src/' },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      comment: 'contract/ is read by browser and sidecar: it may import nothing but zod.',
      from: { path: '^contract/', pathNot: TEST_FILE },
      to: { pathNot: ['^contract/', 'node_modules/zod/'] },
    },
    {
      name: 'charts-only-draw',
      severity: 'error',
      comment: 'src/charts takes props and draws. Ask the sidecar in src/sidecar and pass the answer down.',
      from: { path: '^src/charts/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(sidecar|pages|panels|configuration)/' },
    },
    {
      name: 'one-way-to-the-sidecar',
      severity: 'error',
      comment: 'Only src/sidecar asks the backend. Add a hook there and use it here.',
      from: { path: '^src/sidecar/' },
      to: { path: '^src/(pages|panels|configuration|charts)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'These files need each other in a circle: move what both need into a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
