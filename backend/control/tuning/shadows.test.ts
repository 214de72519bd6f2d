import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { PUBLISHED_LEVELS, type Forecast } from '../../forecasting/index.ts';
import { WorkloadModels, type ModelVersion } from '../../learning/index.ts';
import { writeTinyArtefact } from '../../learning/tuning/tinyArtefact.fixture.ts';
import type { Series } from '../../timeseries/index.ts';
import type { SeriesJob, ShadowJob } from '../compute.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import { Champions, type RoleChange } from './champions.ts';
import { CpuShare } from './cpuShare.ts';
import { Shadows } from './shadows.ts';

const DAY = 86_400;
const STEP = 3600;
const config = {
  name: 'shop',
  forecast: { model: 'auto', stepSeconds: STEP, horizonSeconds: DAY },
} as unknown as WorkloadConfig;
const jobs = [{ name: 'requests', kind: 'activity', unit: 'reqps' }] as unknown as readonly SeriesJob[];
/** What comes true is always 10. */
const actual = new Map<string, Series>([
  [
    'requests',
    { grid: { startSeconds: 0, stepSeconds: STEP, length: 24 * 100 }, values: new Float64Array(2400).fill(10) },
  ],
]);
const tuned = (version: string): ModelVersion => ({ origin: 'tuned', version });
const coded = (code: string) => (error: unknown) => error instanceof HeadroomError && error.code === code;

function saying(value: number, cutoffSeconds: number): Forecast {
  const grid = { startSeconds: cutoffSeconds + STEP, stepSeconds: STEP, length: 24 };
  const levels = PUBLISHED_LEVELS;
  return {
    ...{ grid, levels, model: 'auto', warnings: [], mean: new Float64Array(24).fill(value) },
    values: new Float64Array(levels.length * 24).fill(value),
  };
}

/** A sidecar's champions and shadows over real artefacts; what the models say is the test's. */
class Stage {
  readonly champions: Champions;
  readonly shadows: Shadows;
  readonly events: FleetEvent[] = [];
  readonly recorded: RoleChange[] = [];
  readonly refitted: string[] = [];
  readonly asked: ShadowJob[] = [];
  /** What a version says; the champion says 12, and is off by 2. */
  readonly says = new Map<string, number>();
  answer: (job: ShadowJob) => Error | undefined = () => undefined;
  #cutoff = 0;

  constructor(shipped: string, tunedFolder: string, promotion: 'auto' | 'approve' = 'auto', share = 1) {
    const models = new WorkloadModels({ shipped, tuned: tunedFolder });
    const nowSeconds = () => this.#cutoff;
    const onEvent = (event: FleetEvent) => {
      this.events.push(event);
    };
    this.champions = new Champions({
      ...{ modelsFolder: tunedFolder, nowSeconds, onEvent },
      models: () => models.inventory(),
      onChanged: (workload) => {
        this.refitted.push(workload);
        return Promise.resolve();
      },
      record: (change) => {
        this.recorded.push(change);
        return Promise.resolve();
      },
    });
    this.shadows = new Shadows({
      ...{ champions: this.champions, modelsFolder: tunedFolder, promotion, nowSeconds, onEvent },
      cpu: new CpuShare({ share, cores: 2, nowSeconds }),
      compute: {
        shadow: async (job) => {
          this.asked.push(job);
          const failure = this.answer(job);
          if (failure !== undefined) {
            throw failure;
          }
          const said = (value: number) => new Map(job.fits ? [] : [['requests', saying(value, this.#cutoff)]]);
          const { champion } = await this.champions.rolesOf('shop', job.name);
          const of = (version: ModelVersion) => this.says.get(`${version.origin} ${version.version}`) ?? 12;
          return { champion: said(of(champion!)), challenger: said(of(job.version)), benched: [], seconds: 1 };
        },
      },
    });
  }

  /** A day of the loop: a fit, an outlook at each hour, and what came true. */
  async day(day: number): Promise<void> {
    this.#cutoff = day * DAY;
    this.shadows.fitted(config, jobs);
    for (let hour = 0; hour < 24; hour++) {
      this.#cutoff = day * DAY + hour * STEP;
      this.shadows.issued(config, jobs, this.#cutoff);
      await this.shadows.settled();
    }
    this.shadows.measured(config, actual, (day + 1) * DAY);
    await this.shadows.settled();
  }

  async days(from: number, count: number): Promise<void> {
    for (let day = from; day < from + count; day++) {
      await this.day(day);
    }
  }

  async inCharge(): Promise<string> {
    const { champion } = await this.champions.rolesOf('shop', 'lstm');
    return `${champion!.origin} ${champion!.version}`;
  }
}

describe('shadows', () => {
  let folder = '';
  let shipped = '';
  let made = '';
  let tunedFolder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-shadows-'));
    shipped = join(folder, 'shipped');
    await writeTinyArtefact(shipped);
    made = join(folder, 'made');
    await writeTinyArtefact(made, '1.0.1');
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    tunedFolder = await mkdtemp(join(folder, 'tuned-'));
    await cp(join(made, 'lstm', '1.0.1'), join(tunedFolder, 'shop', 'lstm', '1.0.1'), { recursive: true });
  });

  const stage = (promotion?: 'auto' | 'approve', share?: number) => new Stage(shipped, tunedFolder, promotion, share);
  const entered = async (promotion?: 'auto' | 'approve', share?: number): Promise<Stage> => {
    const one = stage(promotion, share);
    // Before it enters, what ships is written down as the champion: the tune is not in charge by being there.
    await rm(join(tunedFolder, 'shop', 'lstm'), { recursive: true });
    await one.champions.settle('shop', 'lstm');
    await cp(join(made, 'lstm', '1.0.1'), join(tunedFolder, 'shop', 'lstm', '1.0.1'), { recursive: true });
    await one.champions.enter('shop', 'lstm', '1.0.1', 'better on the end');
    return one;
  };

  it('promote a challenger that is better day after day, by itself, with the evidence in the audit', async () => {
    const one = await entered();
    one.says.set('tuned 1.0.1', 11);
    await one.days(1, 6);
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
    assert.match(JSON.stringify(one.shadows.trials('shop')), /"isOver":false/);
    await one.days(7, 14);
    assert.equal(await one.inCharge(), 'tuned 1.0.1');
    assert.deepEqual(one.refitted, ['shop']);
    const [{ event, before: former }] = one.recorded as [RoleChange];
    assert.deepEqual([event.what, event.by, former?.version], ['promoted', 'headroom', '1.0.0']);
    assert.match(event.why, /^ahead by 4\d\.\d % over \d+ days, e-value for better \d+ of 20 needed/);
  });

  it('put a new champion on a leash to the former one for four weeks, as long as what that lost before tells', async () => {
    const one = await entered();
    one.says.set('tuned 1.0.1', 11);
    await one.days(1, 20);
    assert.equal(await one.inCharge(), 'tuned 1.0.1');
    const [leash] = one.shadows.leashes(config);
    assert.deepEqual([leash?.name, leash?.version.version], ['lstm', '1.0.0']);
    const most = leash!.most['requests']!;
    assert.ok(most > 0.4 * 1 && most <= 0.4 * 2, `${String(most)}: the former lost 2 a day`);
    await one.days(21, 30);
    assert.deepEqual(one.shadows.leashes(config), []);
    assert.equal(await one.inCharge(), 'tuned 1.0.1');
  });

  it('put nothing on a leash while a challenger is on trial', async () => {
    const one = await entered();
    await one.days(1, 2);
    assert.deepEqual(one.shadows.leashes(config), []);
  });

  it('forecast four times a day, with the champion, on what it was fitted on', async () => {
    const one = await entered();
    await one.day(1);
    assert.deepEqual(
      one.asked.map(({ fits }) => fits),
      [true, false, false, false, false]
    );
    assert.deepEqual(one.asked[0]!.version, tuned('1.0.1'));
  });

  it('wait for a person where promotion needs one, and say that they do', async () => {
    const one = await entered('approve');
    one.says.set('tuned 1.0.1', 11);
    await one.days(1, 20);
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
    assert.equal(one.events.filter(({ message }) => /waits for a promotion by a person/.test(message)).length, 1);
    const roles = await one.champions.promote('shop', 'lstm', { by: 'token:admin', why: 'go' });
    assert.deepEqual([roles.champion?.version, roles.lastGood?.version], ['1.0.1', '1.0.0']);
  });

  it('let a challenger go that is worse, and its files with it where nobody needs them', async () => {
    const one = await entered();
    one.says.set('tuned 1.0.1', 14);
    await one.days(1, 18);
    assert.equal((await one.champions.rolesOf('shop', 'lstm')).challenger, null);
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
    assert.deepEqual(await readdir(join(tunedFolder, 'shop', 'lstm')), ['1.0.1'], 'the newest stays to look at');
  });

  it('roll back by themselves where what was in charge before turns out better', async () => {
    const one = await entered();
    await one.champions.promote('shop', 'lstm', { by: 'token:admin', why: 'I like it' });
    one.says.set('tuned 1.0.1', 14);
    await one.days(1, 20);
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
    assert.equal(one.recorded.at(-1)!.event.what, 'rolledBack');
    assert.match(one.recorded.at(-1)!.event.why, /what was in charge before is ahead/);
    assert.deepEqual((await one.champions.rolesOf('shop', 'lstm')).benched[0]?.version, '1.0.1');
  });

  it('go on after a restart where the trial was', async () => {
    const one = await entered();
    one.says.set('tuned 1.0.1', 11);
    await one.days(1, 6);
    const next = stage();
    next.says.set('tuned 1.0.1', 11);
    await next.days(7, 14);
    assert.equal(await next.inCharge(), 'tuned 1.0.1');
    const since = next.recorded[0]!.event.atSeconds / DAY;
    assert.ok(since < 20, `${String(since)}: the days before the restart count`);
  });

  it('bench at once what gives nonsense or is damaged, and the champion is the last good one', async () => {
    const one = await entered();
    await one.champions.promote('shop', 'lstm', { by: 'token:admin', why: 'go' });
    one.shadows.benched(config, [{ name: 'lstm', version: tuned('1.0.1'), reason: 'it gave what is no number' }]);
    await one.shadows.settled();
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
    assert.equal(one.recorded.at(-1)!.event.what, 'benched');
    assert.equal(one.events.at(-1)?.level, 'error');
  });

  it('bench a challenger that is damaged', async () => {
    const one = await entered();
    one.answer = () => new HeadroomError('MODEL_ARTEFACT_INVALID', { folder: 'x', reason: 'it is missing or damaged' });
    await one.day(1);
    const { challenger, benched } = await one.champions.rolesOf('shop', 'lstm');
    assert.deepEqual([challenger, benched[0]?.version], [null, '1.0.1']);
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
  });

  it('keep to their share of the cores', async () => {
    const one = await entered('auto', 0);
    await one.days(1, 3);
    assert.deepEqual(one.asked, []);
  });

  it('refuse to promote what is not there or damaged, and to roll back to nothing', async () => {
    const one = await entered();
    const asked = { by: 'token:admin', why: 'x' };
    await assert.rejects(one.champions.rollBack('shop', 'lstm', asked), coded('MODEL_ROLE_VACANT'));
    await assert.rejects(
      one.champions.promote('shop', 'lstm', { ...asked, version: tuned('9.9.9') }),
      coded('API_NOT_FOUND')
    );
    await assert.rejects(one.champions.promote('shop', 'transformer', asked), coded('MODEL_ROLE_VACANT'));
    await writeFile(join(tunedFolder, 'shop', 'lstm', '1.0.1', 'model.onnx'), 'x');
    await assert.rejects(one.champions.promote('shop', 'lstm', asked), coded('MODEL_ARTEFACT_INVALID'));
    assert.equal(await one.inCharge(), 'shipped 1.0.0');
    assert.deepEqual(one.recorded, []);
  });
});
