import { type Page, type Route } from '@playwright/test';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** What a page asked and was answered, once, with the time and the address at which it did. */
export interface Recording {
  readonly nowMs: number;
  readonly path: string;
  /** By question; one that is asked again gets the same answer. */
  readonly answers: Readonly<Record<string, Answer>>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ASKED = /^\/(api|prometheus|readyz)\b/;
const KEPT_HEADERS = ['content-type', 'date', 'etag'];
const DIGITS = 5;

const fileOf = (place: string) => join(__dirname, 'answers', `${place}.json.gz`);

/** What was recorded of a place; `npm run answers:record` makes it. */
export async function readRecording(place: string): Promise<Recording> {
  if (!existsSync(fileOf(place))) {
    throw new Error(`Nothing is recorded of ${place}: npm run answers:record`);
  }
  return JSON.parse(gunzipSync(await readFile(fileOf(place))).toString()) as Recording;
}

/** Answers what the page asks from the recording, and stops its clock there. */
export async function playRecording(page: Page, { nowMs, answers }: Recording): Promise<void> {
  await page.clock.setFixedTime(nowMs);
  await page.route(
    ({ pathname }) => ASKED.test(pathname),
    async (route) => {
      const key = questionOf(route);
      const answer = answers[key];
      await (answer === undefined
        ? route.fulfill({ status: 501, body: `Not recorded, npm run answers:record: ${key}` })
        : route.fulfill({ ...answer }));
    }
  );
}

/** Lets a running sidecar answer and keeps what it says; `save` writes it down. */
export async function recordAnswers(
  page: Page,
  nowMs: number
): Promise<(place: string, path: string) => Promise<void>> {
  const answers: Record<string, Answer> = {};
  await page.clock.setFixedTime(nowMs);
  await page.route(
    ({ pathname }) => ASKED.test(pathname),
    async (route) => {
      const key = questionOf(route);
      answers[key] ??= await answered(route);
      await route.fulfill(answers[key]);
    }
  );
  return async (place, path) => {
    await writeFile(
      fileOf(place),
      gzipSync(JSON.stringify({ nowMs, path, answers } satisfies Recording), { level: 9 })
    );
  };
}

async function answered(route: Route): Promise<Answer> {
  const response = await route.fetch({ timeout: 120_000 });
  const headers = Object.entries(response.headers()).filter(([name]) => KEPT_HEADERS.includes(name));
  return {
    status: response.status(),
    headers: Object.fromEntries(headers),
    body: shortened(await response.text()),
  };
}

function questionOf(route: Route): string {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  return [request.method(), `${pathname}${search}`, request.postData() ?? ''].join(' ').trim();
}

/** Fewer digits of what is no instant: what is drawn stays, the file is half as large. */
function shortened(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) && Math.abs(value) < 1e6
        ? Number(value.toPrecision(DIGITS))
        : value
    );
  } catch {
    return text;
  }
}
