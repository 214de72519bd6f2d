import type { IncomingMessage, ServerResponse } from 'node:http';

/** A series of a fake Prometheus: what it answers at an instant, `undefined` where it has no sample. */
export interface FakeSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly at: (timeSeconds: number) => string | undefined;
}

/** Answers query and query_range as Prometheus does, its 11,000-point limit included, from series by query text. */
export function fakePrometheus(
  series: Readonly<Record<string, readonly FakeSeries[]>>
): (body: string, response: ServerResponse, request: IncomingMessage) => void {
  return (body, response, request) => {
    const [path, search] = (request.url ?? '').split('?');
    const form = new URLSearchParams(body === '' ? search : body);
    const send = (status: number, json: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    };
    const query = form.get('query') ?? '';
    const found = query === 'vector(1)' ? [{ metric: {}, at: () => '1' }] : (series[query] ?? []);
    if (path?.endsWith('/api/v1/query') === true) {
      const time = Number(form.get('time') ?? '0');
      const result = found.flatMap(({ metric, at }) => {
        const value = at(time);
        return value === undefined ? [] : [{ metric, value: [time, value] }];
      });
      send(200, { status: 'success', data: { resultType: 'vector', result } });
      return;
    }
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(form.get(name))) as [
      number,
      number,
      number,
    ];
    const count = Math.floor((end - start) / step);
    if (count > 11_000) {
      const error =
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)';
      send(400, { status: 'error', errorType: 'bad_data', error });
      return;
    }
    const result = found.flatMap(({ metric, at }) => {
      const values = Array.from({ length: count + 1 }, (_, index) => [start + index * step, at(start + index * step)]);
      const present = values.filter(([, value]) => value !== undefined);
      return present.length === 0 ? [] : [{ metric, values: present }];
    });
    send(200, { status: 'success', data: { resultType: 'matrix', result } });
  };
}
