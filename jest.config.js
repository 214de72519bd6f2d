// force timezone to UTC to allow tests to work regardless of local timezone
// generally used by snapshots, but can affect specific tests
process.env.TZ = 'UTC';

const scaffolded = require('./.config/jest.config');

const [swc] = Object.values(scaffolded.transform);

module.exports = {
  ...scaffolded,
  // d3-color, which Grafana's packages load, is published as .mjs alone.
  transform: { '^.+\\.(mjs|[tj]sx?)$': swc },
};
