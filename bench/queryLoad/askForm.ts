import { request, type Agent } from 'node:http';

export interface FormAnswer {
  readonly status: number;
  readonly body: string;
}

/** A form POST, as Grafana sends it, and its whole answer. */
export async function askForm(
  url: string,
  parameters: ReadonlyArray<readonly [name: string, value: string | number]>,
  agent?: Agent
): Promise<FormAnswer> {
  const form = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)]));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return await new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, ...(agent === undefined ? {} : { agent }) };
    request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    })
      .on('error', reject)
      .end(form.toString());
  });
}
