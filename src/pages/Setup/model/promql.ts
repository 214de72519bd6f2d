/** What is made of a metric's series. */
export const OPERATIONS = ['rate', 'sum', 'mean', 'none'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface LabelFilter {
  readonly label: string;
  readonly value: string;
}

/** A query as it is put together by choosing. */
export interface BuiltQuery {
  readonly metric: string;
  readonly operation: Operation;
  readonly filters: readonly LabelFilter[];
}

const PLAIN_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** The PromQL of what was chosen; empty while no metric is. */
export function promqlOf({ metric, operation, filters }: BuiltQuery): string {
  if (metric === '') {
    return '';
  }
  const matchers = filters
    .filter(({ label, value }) => label !== '' && value !== '')
    .map(({ label, value }) => `${PLAIN_NAME.test(label) ? label : quoted(label)}=${quoted(value)}`);
  const isPlain = PLAIN_NAME.test(metric);
  const inside = [...(isPlain ? [] : [quoted(metric)]), ...matchers].join(', ');
  const selector = `${isPlain ? metric : ''}${inside === '' ? '' : `{${inside}}`}`;
  switch (operation) {
    case 'rate':
      return `sum(rate(${selector}[5m]))`;
    case 'sum':
      return `sum(${selector})`;
    case 'mean':
      return `avg(${selector})`;
    case 'none':
      return selector;
  }
}

/** What a metric most likely needs, by the ending of its name. */
export function likelyOperation(metric: string): Operation {
  return /_(total|count|sum)$/.test(metric) ? 'rate' : 'sum';
}

function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
