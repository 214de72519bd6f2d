import { type Page } from '@playwright/test';
import { type Places } from '../places';
import { expect } from '../test';
import { playRecording, readRecording, recordAnswers } from './answers';
import { standIn, type Pictured } from './pictured';

export const IS_RECORDING = process.env['HEADROOM_E2E_RECORD'] !== undefined;

/** The page with recorded answers; in a Grafana with its own, and while recording with a sidecar's, which what is returned writes down. */
export async function openPictured(page: Page, pictured: Pictured, at: Places): Promise<() => Promise<void>> {
  const { name, seen } = pictured;
  let nowMs = Date.now();
  let path: string;
  let save = async () => {};
  if (at.kind === 'grafana') {
    path = await pictured.path(at, page.request);
  } else if (IS_RECORDING) {
    const workloads = await page.request.get('/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/workloads');
    nowMs = Math.floor(((await workloads.json()) as { now: number }).now) * 1000;
    path = await pictured.path(at, page.request);
    const write = await recordAnswers(page, nowMs);
    save = () => write(name, path);
  } else {
    const recording = await readRecording(name);
    ({ nowMs, path } = recording);
    await playRecording(page, recording);
  }
  await standIn(page, pictured, nowMs);
  await page.goto(withTheme(path, 'dark'));
  await expect(page.getByTestId(seen).first()).toBeVisible();
  return save;
}

/** The address with a theme asked for. */
export function withTheme(path: string, theme: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}theme=${theme}`;
}
