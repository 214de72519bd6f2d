import { fetch } from 'undici';

const TIMEOUT_MS = 5000;
const LIMIT_BYTES = 65_536;

/** The key set that a Grafana signs identities with (`GET /api/signing-keys/keys`), as JSON; redirects are refused. */
export async function fetchSigningKeys(grafanaUrl: string): Promise<unknown> {
  const response = await fetch(`${grafanaUrl.replace(/\/+$/, '')}/api/signing-keys/keys`, {
    headers: { accept: 'application/json', 'user-agent': 'headroom' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`Grafana answered ${String(response.status)} when asked for its signing keys`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > LIMIT_BYTES) {
      throw new Error(`Grafana's signing keys have more than ${String(LIMIT_BYTES)} bytes`);
    }
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}
