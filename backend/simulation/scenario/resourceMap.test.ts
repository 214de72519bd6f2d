import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { fitDriven } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import { seriesSlice, type Series } from '../../timeseries/index.ts';
import type { PathBlock } from '../samplePaths.ts';
import { BUILT_IN_SCENARIOS } from './builtInScenarios.ts';
import { compileScenario } from './compileScenario.ts';
import { resourceMap } from './resourceMap.ts';
import { scenarioRun } from './scenarioRun.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/bitbrains-2013-08/', import.meta.url));
const STEP = 300;
const DAY = 288;
const DAYS = 14;
const PATHS = 200;
const LEAST_MOVES = 30;

/** What requests truly make of each resource: elasticities of 0.8, 0 and, above 110, 0. */
const RESPONSES: Readonly<Record<string, (requests: number) => number>> = {
  cpu: (requests) => 2 * requests ** 0.8,
  memory: () => 400,
  network: (requests) => 5 * Math.min(110, requests),
};

interface Fleet {
  readonly requests: Series;
  readonly resources: ReadonlyMap<string, Series>;
}

/** Requests with a day's cycle and surges, and resources that follow them with levels that wander and noise of their own. */
function causalFleet(seed: number): Fleet {
  const random = seededRandom(seed);
  const grid = { startSeconds: 0, stepSeconds: STEP, length: DAYS * DAY };
  let surge = 0;
  const requests = Float64Array.from({ length: grid.length }, (_, t) => {
    surge = 0.97 * surge + 5 * randomNormal(random);
    return Math.max(1, 100 + 40 * Math.sin((2 * Math.PI * t) / DAY) + surge);
  });
  const resources = Object.entries(RESPONSES).map(([name, response]): [string, Series] => {
    let level = 0;
    const size = 0.02 * response(100);
    const values = requests.map((value) => {
      level = 0.999 * level + 0.1 * size * randomNormal(random);
      return response(value) + level + size * randomNormal(random);
    });
    return [name, { grid, values }];
  });
  return { requests: { grid, values: requests }, resources: new Map(resources) };
}

/** Paths of requests about the day before, and of each resource as it truly follows them. */
function futures({ requests }: Fleet, seed: number): PathBlock {
  const random = seededRandom(seed);
  const names = Object.keys(RESPONSES);
  const values = new Float64Array(PATHS * (names.length + 1) * DAY);
  for (let path = 0; path < PATHS; path++) {
    const start = path * (names.length + 1) * DAY;
    const factor = 1 + 0.05 * randomNormal(random);
    for (let step = 0; step < DAY; step++) {
      const demand = factor * requests.values.at(step - DAY)!;
      values[start + step] = demand;
      names.forEach((name, place) => {
        values[start + (place + 1) * DAY + step] = RESPONSES[name]!(demand);
      });
    }
  }
  return { firstPath: 0, pathCount: PATHS, seriesCount: names.length + 1, stepCount: DAY, values };
}

test('requests +20 % move each resource by its planted elasticity, within the interval of the paths', () => {
  for (const seed of [1, 2, 3]) {
    const fleet = causalFleet(seed);
    const names = [...fleet.resources.keys()];
    const maps = [...fleet.resources.values()].map((resource) => resourceMap(fleet.requests, resource, DAY).map);
    const context = { demand: 'requests', resources: names, stepSeconds: STEP, stepCount: DAY };
    const spike = compileScenario(
      BUILT_IN_SCENARIOS.find(({ name }) => name === 'api-spike')!,
      context
    );
    const block = futures(fleet, seed);
    const run = scenarioRun(spike, {
      stepSeconds: STEP,
      typical: [100, ...names.map((name) => RESPONSES[name]!(100))],
      maps: [maps[0]!, ...maps],
      seed,
    });
    const { values } = run(block);
    names.forEach((name, place) => {
      const rises: number[] = [];
      let planted = 0;
      for (let path = 0; path < PATHS; path++) {
        const start = path * block.seriesCount * DAY;
        let rise = 0;
        for (let step = 0; step < DAY; step++) {
          const cell = start + (place + 1) * DAY + step;
          rise += (values[cell]! - block.values[cell]!) / DAY;
          planted += (RESPONSES[name]!(1.2 * block.values[start + step]!) - block.values[cell]!) / (DAY * PATHS);
        }
        rises.push(rise);
      }
      const sorted = sortedObserved(rises);
      const [low, middle, high] = [0.025, 0.5, 0.975].map((level) => quantileSorted(sorted, level)) as [
        number,
        number,
        number,
      ];
      const scale = RESPONSES[name]!(100);
      const said = `${name} ${String(seed)}: ${low} ${middle} ${high}, planted ${planted}`;
      assert.ok(low - 0.005 * scale <= planted && planted <= high + 0.005 * scale, said);
      assert.ok(high - low < 0.08 * scale, said);
    });
  }
});

test('with a past too short for a regression the resource is taken to follow in proportion, or not, with a warning', () => {
  const fleet = causalFleet(4);
  const short = (series: Series) => seriesSlice(series, 0, 40);
  const rises = new Float64Array(2);
  const cpu = resourceMap(short(fleet.requests), short(fleet.resources.get('cpu')!), 2);
  cpu.map.rise(Float64Array.of(100, 100), Float64Array.of(120, 100), rises);
  assert.ok(rises[0]! > 5 && rises[0]! < 20 && rises[1] === 0, rises.join());
  const still = resourceMap(
    short(fleet.requests),
    { grid: short(fleet.requests).grid, values: new Float64Array(40) },
    2
  );
  still.map.rise(Float64Array.of(100, 100), Float64Array.of(120, 100), rises);
  assert.deepEqual([...rises], [0, 0]);
  const few = resourceMap(seriesSlice(fleet.requests, 0, 9), seriesSlice(fleet.resources.get('cpu')!, 0, 9), 2);
  assert.match(few.warning!, /only 9 measurements/);
});

test('a change makes nothing where there is none before it, and never goes against demand', () => {
  const fleet = causalFleet(5);
  const { map } = resourceMap(fleet.requests, fleet.resources.get('cpu')!, DAY);
  const base = fleet.requests.values.subarray(-DAY);
  const changed = base.map((value, step) => (step < 100 ? value : 1.5 * value));
  const rises = new Float64Array(DAY);
  map.rise(base, changed, rises);
  assert.ok(rises.subarray(0, 100).every((value) => value === 0));
  assert.ok(rises.subarray(100).every((value) => value > 0));
});

async function machine(file: string): Promise<{ readonly network: Series; readonly cpu: Series }> {
  const text = gunzipSync(await readFile(FOLDER + file)).toString('utf8');
  const [header, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const column = (name: string): Series => {
    const at = header!.indexOf(name);
    const values = Float64Array.from(rows, (row) => (row[at] === '' ? Number.NaN : Number(row[at])));
    return {
      grid: { startSeconds: Date.parse(rows[0]![0]!) / 1000, stepSeconds: STEP, length: values.length },
      values,
    };
  };
  return { network: column('net_rx_kbps'), cpu: column('cpu_usage_mhz') };
}

test(
  'where the network drives CPU and its traffic was a tenth to two fifths above the day before, it moved as the map of the past says (Bitbrains)',
  { skip: existsSync(FOLDER) ? false : `no ${FOLDER}: the traces are not part of the project` },
  async (context) => {
    const ratios: number[] = [];
    for (const file of (await readdir(FOLDER)).sort()) {
      const { network, cpu } = await machine(file);
      const known = network.values.length - 5 * DAY;
      const [driver, target] = [seriesSlice(network, 0, known), seriesSlice(cpu, 0, known)];
      const { strength } = fitDriven({ target, pastCovariates: new Map([['network', driver]]) }, { horizon: 1 });
      if (strength < 0.5) {
        continue;
      }
      const { map } = resourceMap(driver, target, 5 * DAY);
      const base = network.values.slice(known - DAY, -DAY);
      const changed = network.values.slice(known).map((value, t) => (Number.isNaN(value + base[t]!) ? 0 : value));
      base.forEach((value, t) => (base[t] = changed[t] === 0 || Number.isNaN(value) ? changed[t]! : value));
      const rise = new Float64Array(5 * DAY);
      map.rise(base, changed, rise);
      let [said, came, count] = [0, 0, 0];
      for (let t = 0; t < rise.length; t++) {
        const moved = cpu.values[known + t]! - cpu.values[known + t - DAY]!;
        if (changed[t]! > 1.1 * base[t]! && changed[t]! < 1.4 * base[t]! && !Number.isNaN(moved)) {
          said += rise[t]!;
          came += moved;
          count++;
        }
      }
      if (count >= LEAST_MOVES && said !== 0) {
        ratios.push(came / said);
      }
    }
    const sorted = sortedObserved(ratios);
    const at = (level: number): string => quantileSorted(sorted, level).toFixed(2);
    context.diagnostic(`${String(ratios.length)} machines: came / said ${at(0.25)} to ${at(0.75)}, median ${at(0.5)}`);
    const middle = quantileSorted(sorted, 0.5);
    assert.ok(ratios.length >= 10 && middle > 0.7 && middle < 1.4, `median ${middle}`);
  }
);
