import type { PreviewResponse, ScalingResponse } from '../../contract/acting.ts';
import type { RequestsResponse } from '../../contract/requestViews.ts';
import type { AuditReport, Decision, WorkloadSummary } from '../../contract/api.ts';
import { NOW } from './fixtures';

export function aScalingSummary(
  changes: Partial<NonNullable<WorkloadSummary['scaling']>> = {}
): NonNullable<WorkloadSummary['scaling']> {
  return {
    isModeLocked: false,
    hasTarget: true,
    paused: { out: false, in: false, reason: '' },
    isFloorHeld: false,
    floor: 2,
    problem: null,
    lastAction: null,
    ...changes,
  };
}

export function aScaling(changes: Partial<ScalingResponse> = {}): ScalingResponse {
  return {
    now: NOW,
    workload: 'checkout',
    mode: 'approve',
    isModeLocked: false,
    target: { kind: 'hpa', name: 'hpa shop/checkout', isExperimental: false },
    state: {
      setting: { floor: 2 },
      original: { floor: 2 },
      isHeld: false,
      ceiling: 60,
      replicas: 4,
      conflicts: [],
    },
    decision: { at: NOW - 10, kind: 'hold', set: null, reasons: [{ code: 'x', text: 'Nothing is approved' }] },
    problem: null,
    restsUntil: null,
    isUnsure: false,
    isWatching: false,
    approved: null,
    acting: { kind: 'acting', holder: null },
    ...changes,
  };
}

export function aPreview(changes: Partial<PreviewResponse> = {}): PreviewResponse {
  return {
    recommendation: 'r1',
    target: 'hpa shop/checkout',
    set: { floor: 7 },
    differences: [{ path: 'spec.minReplicas', before: 2, after: 7 }],
    dryRun: { kind: 'accepted', message: '' },
    warnings: [],
    ...changes,
  };
}

export function aDecision(changes: Partial<Decision> = {}): Decision {
  return {
    id: 'd1',
    at: NOW - 60,
    who: 'ana',
    what: 'change',
    workload: 'checkout',
    why: ['the sale'],
    before: { floor: 2 },
    after: { floor: 7 },
    outcome: 'applied',
    seq: 3,
    previousHash: '0'.repeat(64),
    hash: 'a'.repeat(64),
    ...changes,
  };
}

export function anAuditReport(changes: Partial<AuditReport> = {}): AuditReport {
  return {
    intact: true,
    count: 3,
    complete: true,
    firstSeq: 1,
    lastSeq: 3,
    head: 'a'.repeat(64),
    fault: null,
    ...changes,
  };
}

export function requestsOf(changes: Partial<RequestsResponse> = {}): RequestsResponse {
  return {
    workload: 'checkout',
    mode: 'approve',
    apply: 'resize',
    target: 'requests of deployment shop/checkout',
    etag: '"sized"',
    advice: [
      { resource: 'cpu', kind: 'cpu', unit: 'cores', target: 3.2, lowerBound: 2.2, upperBound: 3.7, offered: 4 },
      {
        resource: 'memory',
        kind: 'memory',
        unit: 'bytes',
        target: 5 * 2 ** 30,
        lowerBound: 4.5 * 2 ** 30,
        upperBound: 6 * 2 ** 30,
        offered: null,
      },
    ],
    state: {
      setting: { cpu: 4, memory: 4 * 2 ** 30 },
      original: { cpu: 4, memory: 4 * 2 ** 30 },
      isHeld: false,
      replicas: { total: 3, behind: 0, refused: [] },
      way: 'resize',
      left: {},
      conflicts: [],
    },
    decision: {
      kind: 'change',
      set: { cpu: 3.2, memory: 5 * 2 ** 30 },
      reasons: [{ code: 'lower-cpu', text: 'The request of cpu goes to what is advised' }],
    },
    problem: null,
    ...changes,
  };
}
