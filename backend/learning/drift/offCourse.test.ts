import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEADY, UNKNOWN, type DriftKind, type DriftVerdict } from './driftVerdict.ts';
import { offCourse } from './offCourse.ts';

const found = (kind: DriftKind, statistic: number, isConfirmed = true): DriftVerdict => ({
  ...{ kind, isConfirmed, sinceSeconds: 0, size: null },
  evidence: { statistic, threshold: 2, alarmDays: 120 },
});

test('nothing is said while nothing is known, and 1 of what is as before', () => {
  assert.equal(offCourse([]), undefined);
  assert.equal(offCourse([UNKNOWN, UNKNOWN]), undefined);
  assert.equal(offCourse([UNKNOWN, STEADY]), 1);
});

test('is the farthest of another level and another course, once confirmed', () => {
  assert.equal(offCourse([STEADY, found('levelShift', 6), found('seasonChange', 4)]), 3);
  assert.equal(offCourse([found('levelShift', 6, false)]), 1, 'it may be a spike');
  assert.ok(offCourse([found('seasonChange', 1)])! > 1, 'what stands is off course');
  assert.ok(offCourse([{ ...found('levelShift', 1), evidence: null }])! > 1);
});

test('what has its own answer is not off course', () => {
  for (const kind of ['varianceChange', 'growth', 'sensorFreeze'] as const) {
    assert.equal(offCourse([found(kind, 9)]), 1, kind);
  }
});
