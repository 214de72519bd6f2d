import { createInterface } from 'node:readline';

const READY_WITHIN_MS = 180_000;
const ASK_AGAIN_MS = 500;

/** Where a sidecar says that it listens; rejects where it ends before. */
export async function addressOf(stdout: NodeJS.ReadableStream, exit: Promise<unknown>, log: string[]): Promise<string> {
  const lines = createInterface({ input: stdout });
  const address = (async () => {
    for await (const line of lines) {
      const url = /ready at (http:\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) {
        return url;
      }
    }
    return undefined;
  })();
  const url = await Promise.race([address, exit.then(() => undefined)]);
  if (url === undefined) {
    throw new Error(`The sidecar has ended before it was ready:\n${log.join('').slice(-4000)}`);
  }
  stdout.resume();
  return url;
}

/** Waits until every workload was forecast once. */
export async function ready(url: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  let said = '';
  while (Date.now() < until) {
    const response = await fetch(`${url}/readyz`);
    said = await response.text();
    if (response.ok) {
      return;
    }
    await new Promise((resolveLater) => setTimeout(resolveLater, ASK_AGAIN_MS));
  }
  throw new Error(`The sidecar is not ready after ${READY_WITHIN_MS / 1000} s: ${said}`);
}
