import fc from 'fast-check';
import { actingConfig } from './actingWorld.fixture.ts';
import { ActingStage, type Weather } from './actingStage.fixture.ts';
import type { TargetMood } from './fakeTarget.fixture.ts';

type Command = fc.AsyncCommand<object, ActingStage>;

function command<T>(
  name: string,
  args: fc.Arbitrary<T>,
  act: (stage: ActingStage, args: T) => unknown
): fc.Arbitrary<Command> {
  return args.map((value) => ({
    check: () => true,
    async run(_: object, stage: ActingStage) {
      await act(stage, value);
      stage.check();
    },
    toString: () => `${name}(${JSON.stringify(value)})`,
  }));
}

const sidecar = fc.constantFrom(0, 0, 0, 1);
const count = fc.integer({ min: 0, max: 50 });
const weather = (changes: fc.Arbitrary<Partial<Weather>>) =>
  command('weather', changes, (stage, changed) => {
    Object.assign(stage.weather, changed);
    stage.autoscale();
  });
const turns = command(
  'turns',
  fc.tuple(sidecar, fc.integer({ min: 1, max: 8 }), fc.constantFrom(15, 15, 60, 400)),
  (stage, [which, many, seconds]) => stage.turns(which, many, seconds)
);

const commands = [
  turns,
  turns,
  turns,
  weather(count.map((floor) => ({ floor }))),
  weather(count.map((need) => ({ need }))),
  weather(
    fc.constantFrom<Partial<Weather>>(
      { need: Number.NaN },
      { need: 500 },
      { need: 6 },
      { lie: 'zeros' },
      { lie: 'frozen' },
      { lie: undefined },
      { isStale: true },
      { isStale: false },
      { drift: 4 },
      { drift: undefined },
      { historySeconds: 60 },
      { historySeconds: 20 * 86_400 }
    )
  ),
  command(
    'mood',
    fc.constantFrom<TargetMood>('well', 'well', 'well', 'refusing', 'unreachable', 'cut', 'forgetful', 'throttled'),
    (stage, mood) => {
      stage.mood = mood;
    }
  ),
  command('stuck', fc.boolean(), (stage, isStuck) => {
    stage.isStuck = isStuck;
  }),
  command(
    'storage',
    fc.constantFrom(undefined, undefined, 'STORAGE_FULL' as const, 'STORAGE_READ_ONLY' as const),
    (stage, fault) => {
      stage.memory.writeFault = fault;
    }
  ),
  command('locked', fc.integer({ min: 1, max: 12 }), (stage, calls) => {
    stage.memory.lockedCalls = calls;
  }),
  command('kill', fc.tuple(sidecar, fc.integer({ min: 0, max: 60 })), (stage, [which, calls]) => {
    stage.killAfter(which, calls);
  }),
  command('restart', fc.tuple(sidecar, fc.boolean()), (stage, [which, isStopped]) => stage.restart(which, isStopped)),
  command('clock', fc.constantFrom(-7200, -600, -45, 45, 600, 7200), (stage, seconds) => {
    stage.now += seconds;
  }),
  command(
    'edit',
    fc.record({ floor: fc.integer({ min: 1, max: 20 }), utilization: fc.constantFrom(0.6, 0.7) }),
    (stage, setting) => {
      stage.edit(setting);
      stage.autoscale();
    }
  ),
  command('revert', fc.constant(null), (stage) => {
    stage.edit(stage.owner);
    stage.autoscale();
  }),
  command('replace', fc.boolean(), (stage, isBack) => {
    stage.replace(isBack);
  }),
  command('conflicts', fc.constantFrom([], ['Argo CD sets spec.minReplicas']), (stage, conflicts) => {
    stage.hpa.conflicts = [...conflicts];
  }),
  command('ownerPauses', fc.boolean(), (stage, isPaused) => {
    stage.hpa.isPaused = isPaused;
  }),
  command(
    'pause',
    fc.tuple(sidecar, fc.constantFrom('out' as const, 'in' as const, 'both' as const), fc.boolean()),
    (stage, [which, direction, isResumed]) => stage.pause(which, direction, isResumed)
  ),
  command(
    'mode',
    fc.tuple(sidecar, fc.constantFrom('observe' as const, 'approve' as const, 'auto' as const)),
    (stage, [which, mode]) => stage.setMode(which, mode)
  ),
  command(
    'click',
    fc.tuple(
      sidecar,
      fc.constantFrom('approve' as const, 'approve' as const, 'rollBack' as const, 'dismissed' as const),
      fc.constantFrom('a', 'b', 'c')
    ),
    (stage, [which, kind, key]) => stage.click(which, kind, key)
  ),
  command('preview', sidecar, (stage, which) => stage.preview(which)),
];

const tuned = actingConfig({ tuneTarget: true });
const plain = actingConfig();

/** Where a failed run is played again: `ACTING_SEED` and `ACTING_PATH` as it told them; a seed alone plays all of it. */
function replayed(): { readonly seed?: number; readonly path?: string } {
  const { ACTING_SEED: seed, ACTING_PATH: path } = process.env;
  return seed === undefined ? {} : { seed: Number(seed), ...(path === undefined ? {} : { path }) };
}

/** Plays so many random sequences of loads, faults and clicks, and holds the law of acting to be kept in each. */
export async function checkActingSequences(count: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.boolean(),
      fc.commands(commands, { maxCommands: 24, size: 'max' }),
      async (isTuned, isSole, sequence) => {
        const stage = await ActingStage.open(isTuned && !isSole ? tuned : plain, isSole);
        await fc.asyncModelRun(() => ({ model: {}, real: stage }), sequence);
        await stage.settle();
      }
    ),
    { ...replayed(), numRuns: count, endOnFailure: process.env['ACTING_SHRINK'] === undefined }
  );
}
