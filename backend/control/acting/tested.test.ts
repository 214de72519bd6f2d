import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actingConfig, actingWorld, type ActingWorld } from './actingWorld.fixture.ts';

async function held(tuneTarget = false): Promise<ActingWorld> {
  const world = await actingWorld(actingConfig({ tuneTarget }));
  await world.turns(1);
  world.hpa.replicas = 10;
  await world.turns(1);
  assert.equal(world.hpa.floor, 10);
  assert.equal(world.hpa.utilization, tuneTarget ? 0.95 : 0.7);
  return world;
}

describe('a workload that a test leaves to its autoscaler', () => {
  it('has its target back at once and its floor after a few lead times, and is raised again at once', async () => {
    const world = await held(true);
    world.tested = 'hpa';
    await world.turns(1);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    await world.turns(19);
    assert.equal(world.hpa.floor, 10);
    await world.turns(10);
    assert.deepEqual([world.hpa.floor, world.hpa.original], [2, undefined]);
    assert.ok(world.acting.view('shop')?.decision?.reasons.some(({ code }) => code === 'tested'));
    world.tested = undefined;
    await world.turns(1);
    assert.equal(world.hpa.floor, 10);
  });

  it('keeps its floor while the SLO is violated', async () => {
    const world = await held();
    world.tested = 'hpa';
    world.need = 12;
    await world.turns(60);
    assert.equal(world.hpa.floor, 10);
  });

  it('is not left to it while demand is not measured', async () => {
    const world = await held();
    world.tested = 'hpa';
    world.need = Number.NaN;
    await world.turns(60);
    assert.equal(world.hpa.floor, 10);
  });

  it('is not left to it where nothing else scales it: prediction goes on as declared', async () => {
    const world = await held();
    world.hpa.isSoleOwner = true;
    world.tested = 'hpa';
    world.floor = 14;
    await world.turns(4);
    assert.equal(world.hpa.floor, 14);
  });

  it('never goes below what its owner set', async () => {
    const world = await actingWorld();
    world.hpa.floor = 5;
    await world.turns(1);
    world.hpa.replicas = 10;
    await world.turns(1);
    world.tested = 'hpa';
    await world.turns(60);
    assert.ok(world.hpa.writes.every(({ after }) => after.floor >= 5));
    assert.equal(world.hpa.floor, 5);
  });

  it('keeps the floor and lets go of the relaxed target where only the floor is tested', async () => {
    const world = await held(true);
    world.tested = 'headroom-floor-only';
    await world.turns(40);
    assert.deepEqual([world.hpa.floor, world.hpa.utilization], [10, 0.7]);
    world.tested = undefined;
    await world.turns(1);
    assert.equal(world.hpa.utilization, 0.95);
  });
});
