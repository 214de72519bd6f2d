import type { KpiFigures } from '../../../../contract/index.ts';
import type { ReportMaterial } from '../../../control/index.ts';
import { html, type SafeHtml } from './html.ts';
import { numberText, shareText } from './reportWords.ts';

const MOST_WORKLOADS = 50;
const MOST_ACTIONS = 40;
const SHOWN_LEADS = ['1h', '24h'];

function table(head: readonly string[], numbersFrom: number, rows: ReadonlyArray<readonly string[]>): SafeHtml {
  const cell = (text: string, column: number, tag: 'th' | 'td'): SafeHtml => {
    const isNumber = column >= numbersFrom;
    return tag === 'th'
      ? html`<th class="${isNumber ? 'number' : 'text'}">${text}</th>`
      : html`<td class="${isNumber ? 'number' : 'text'}">${text}</td>`;
  };
  return html`<table>
    <thead>
      <tr>
        ${head.map((text, column) => cell(text, column, 'th'))}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((text, column) => cell(text, column, 'td'))}
          </tr>`
      )}
    </tbody>
  </table>`;
}

/** Workloads by what they saved or cost, the largest first. */
export function workloadTable(workloads: readonly KpiFigures[]): SafeHtml {
  const size = ({ savings }: KpiFigures): number => Math.abs((savings.cost ?? savings.replicaHours).value);
  const sorted = [...workloads].sort((a, b) => size(b) - size(a));
  const rows = sorted.slice(0, MOST_WORKLOADS).map((each) => {
    const { savings, currency } = each;
    const gain = savings.cost ?? savings.replicaHours;
    return [
      each.group ?? '',
      numberText(gain.value, savings.cost === null ? 'h' : (currency ?? '')),
      gain.low === null ? '–' : `${numberText(gain.low)} … ${numberText(gain.high)}`,
      shareText(each.utilization),
      numberText(each.violationMinutes),
      numberText(each.reactive.violationMinutes),
      shareText(each.sloAttainment),
      shareText(each.missingShare),
    ];
  });
  const left = sorted.length - rows.length;
  return html`${table(
    ['workload', 'saved', '95 %', 'utilisation', 'short, min', 'reactive, min', 'SLO kept', 'missing'],
    1,
    rows
  )}${left > 0 ? html`<p class="quiet">${left} more workloads: GET /api/v1/kpis?by=workload has them all.</p>` : ''}`;
}

/** How the forecasts did, beside seasonal-naive. */
export function accuracyTable({ accuracy }: ReportMaterial): SafeHtml {
  const rows = accuracy
    .filter(({ lead }) => SHOWN_LEADS.includes(lead))
    .slice(0, 4 * MOST_WORKLOADS)
    .map(({ workload, resource, model, lead, crps, mase, coverage, count }) => [
      `${workload}: ${resource}`,
      model,
      lead,
      shareText(crps),
      numberText(mase),
      shareText(coverage['0.8'] ?? null),
      numberText(count),
    ]);
  return rows.length === 0
    ? html`<p>No forecast was scored in this month.</p>`
    : table(['series', 'model', 'lead', 'CRPS of the mean', 'MASE', 'inside 80 %', 'truths'], 3, rows);
}

/** What was done, by kind and end, and the latest one by one. */
export function actionTables({ decisions, isCut }: ReportMaterial): SafeHtml {
  if (decisions.length === 0) {
    return html`<p>Nothing was done or decided in this month.</p>`;
  }
  const kinds = [...Map.groupBy(decisions, ({ what, outcome }) => `${what}\n${outcome}`)]
    .map(([, group]) => [group[0]!.what, group[0]!.outcome, String(group.length)])
    .sort((a, b) => Number(b[2]) - Number(a[2]));
  const latest = decisions
    .slice(0, MOST_ACTIONS)
    .map(({ at, workload, what, who, outcome, why }) => [
      new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' '),
      workload ?? 'all',
      what,
      who,
      outcome,
      why.join(' ').slice(0, 300),
    ]);
  return html`${isCut ? html`<p class="quiet">Only the newest 1,000 are counted.</p>` : ''}
    ${table(['what', 'how it ended', 'times'], 2, kinds)}
    <h3>The latest</h3>
    ${table(['when (UTC)', 'workload', 'what', 'who', 'how it ended', 'why'], 99, latest)}`;
}
