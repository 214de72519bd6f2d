import type { Browser, Page } from '@playwright/test';

/** What the main thread of a page did meanwhile, in milliseconds. */
export interface MainThread {
  /** The longest task by the clock, and the longest by CPU time. */
  readonly longest: number;
  readonly longestCpu: number;
  /** CPU time of all tasks. */
  readonly cpu: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, by the clock and by CPU time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** Traces what `act` costs the page's main thread, by Chromium's own tracing. */
export async function tracedMainThread(browser: Browser, page: Page, act: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { categories: CATEGORIES });
  let trace: Buffer;
  try {
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)}/${String(tid)}`)
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && name === 'ThreadControllerImpl::RunTask' && mains.has(`${String(pid)}/${String(tid)}`)
  );
  if (tasks.length === 0) {
    throw new Error('the trace has no task of a main thread');
  }
  const clock = tasks.map(({ dur = 0 }) => dur / 1000);
  const cpu = tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000);
  return {
    longest: Math.max(...clock),
    longestCpu: Math.max(...cpu),
    cpu: cpu.reduce((sum, each) => sum + each, 0),
  };
}
