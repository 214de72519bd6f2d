import type { KpiFigures } from '../../../../contract/index.ts';
import type { ReportMaterial } from '../../../control/index.ts';
import { kpiFigures } from '../kpiFigures.ts';
import { html, SafeHtml } from './html.ts';
import { linePlot } from './linePlot.ts';
import { lookAt, wentWrong } from './reportLists.ts';
import { REPORT_STYLE } from './reportStyle.ts';
import { accuracyTable, actionTables, workloadTable } from './reportTables.ts';
import { estimateText, headline, numberText, shareText } from './reportWords.ts';

const DAY_SECONDS = 86_400;
const OURS = '#2f6fde';
const THEIRS = '#e08a2c';

/** The report of a month as one page that fetches nothing and runs nothing: to read, to print, to send on. */
export async function reportHtml(material: ReportMaterial): Promise<string> {
  const { startSeconds, endSeconds, madeAtSeconds } = material;
  const question = { startSeconds, endSeconds, by: null, period: null };
  const [all] = await kpiFigures(material.days, question);
  const daily = await kpiFigures(material.days, { ...question, period: 'day' });
  const workloads = await kpiFigures(material.days, { ...question, by: 'workload' });
  const month = new Date(startSeconds * 1000).toLocaleString('en-US', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const made = new Date(madeAtSeconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const isRunning = madeAtSeconds < endSeconds;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Headroom: ${month}</title>
        <style>
          ${new SafeHtml(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <h1>Headroom in ${month}</h1>
        <p class="quiet">
          Made ${made} UTC${isRunning ? ', while the month was not over' : ''}. All days are those of UTC.
        </p>
        ${
          all === undefined
            ? html`<p class="lead">
                No day of this month has a figure: demand, its capacity and ready replicas have to be measured.
              </p>`
            : [
                html`${headline(all).map((words) => html`<p class="lead">${words}</p>`)}`,
                figureBoxes(all),
                plots(daily, material),
                html`<h2 class="page">Workloads</h2>`,
                workloadTable(workloads),
              ]
        }
        <h2>How the forecasts did</h2>
        <p class="quiet">
          CRPS as a share of what was measured; MASE below 1 beats the same time a day before; of the truths 80 % should
          lie inside the band of 80 %.
        </p>
        ${accuracyTable(material)}
        <h2 class="page">What was done</h2>
        ${actionTables(material)}
        <h2>What went wrong</h2>
        ${list(wentWrong(material, workloads), 'Nothing that is known here.')}
        <h2>What to look at</h2>
        ${list(lookAt(material.accuracy, workloads), 'Nothing stands out.')}
        <h2>How this is reckoned</h2>
        <p class="quiet">
          The reactive autoscaler is a Kubernetes HPA in virtual time on the demand that was measured, with each
          workload’s own target, limits and start-up time. Steps that lack demand or replicas are in no
          figure${all === undefined ? '' : html` (${shareText(all.missingShare)} of this month’s)`}. Intervals come from
          drawing days anew, in runs; they say how much the days differ, not whether the model of the autoscaler is
          right.
        </p>
      </body>
    </html>`;
  return page.text;
}

function figureBoxes(all: KpiFigures): SafeHtml {
  const unit = all.currency ?? '';
  const boxes: ReadonlyArray<readonly [name: string, value: string, more: string]> = [
    [
      'saved',
      all.savings.cost === null
        ? numberText(all.savings.replicaHours.value, 'replica hours')
        : numberText(all.savings.cost.value, unit),
      estimateText(all.savings.cost ?? all.savings.replicaHours, all.savings.cost === null ? 'h' : unit),
    ],
    [
      'violations avoided',
      numberText(all.savings.violationMinutes.value, 'min'),
      estimateText(all.savings.violationMinutes, 'min'),
    ],
    ['utilisation', shareText(all.utilization), `${numberText(all.slackReplicaHours)} replica hours of slack`],
    ['SLO kept', shareText(all.sloAttainment), all.sloAttainment === null ? 'not measured' : 'of the measured steps'],
    ['cost', numberText(all.cost, unit), `reactive alone: ${numberText(all.reactive.cost, unit)}`],
    [
      'worth of the forecasts',
      all.forecastValue.againstSeasonal === null
        ? '–'
        : numberText(
            (all.forecastValue.againstSeasonal.cost ?? all.forecastValue.againstSeasonal.replicaHours).value,
            all.currency === null ? 'h' : unit
          ),
      'against a seasonal-naive floor',
    ],
    ['workloads', String(all.workloads), `${String(all.days)} days`],
    ['missing', shareText(all.missingShare), 'of the steps, in no figure'],
  ];
  return html`<div class="figures">
    ${boxes.map(([name, value, more]) => html`<div class="figure">${name}<b>${value}</b><span class="quiet">${more}</span></div>`)}
  </div>`;
}

function plots(daily: readonly KpiFigures[], { startSeconds, endSeconds }: ReportMaterial): SafeHtml {
  const count = Math.round((endSeconds - startSeconds) / DAY_SECONDS);
  const byDay = new Map(daily.map((each) => [each.start, each]));
  const labels = Array.from({ length: count }, (_, day) => String(day + 1));
  const line = (pick: (each: KpiFigures) => number | null): number[] =>
    labels.map((_, day) => {
      const each = byDay.get(startSeconds + day * DAY_SECONDS);
      return (each && pick(each)) ?? Number.NaN;
    });
  const both = (pick: (each: Pick<KpiFigures, 'replicaHours' | 'violationMinutes'>) => number, isBars?: true) => [
    { name: 'as it was', color: OURS, values: line(pick), ...(isBars === undefined ? {} : { isBars }) },
    {
      name: 'reactive autoscaler alone',
      color: THEIRS,
      values: line(({ reactive }) => pick(reactive)),
      ...(isBars === undefined ? {} : { isBars }),
    },
  ];
  return html`<h2>Day by day</h2>
    ${linePlot(
      'Replicas that served',
      'replica hours',
      labels,
      both(({ replicaHours }) => replicaHours)
    )}
    ${linePlot(
      'Demand above what the replicas serve',
      'minutes',
      labels,
      both(({ violationMinutes }) => violationMinutes, true)
    )}
    ${linePlot(
      'Saved against the reactive autoscaler',
      daily.find(({ currency }) => currency !== null)?.currency ?? 'replica hours',
      labels,
      [
        {
          name: 'saved',
          color: OURS,
          isBars: true,
          values: line(({ savings }) => (savings.cost ?? savings.replicaHours).value),
        },
      ]
    )}
    ${linePlot('Utilisation', '%', labels, [
      {
        name: 'filled of what served',
        color: OURS,
        values: line(({ utilization }) => (utilization === null ? null : 100 * utilization)),
      },
    ])}`;
}

function list(lines: readonly string[], none: string): SafeHtml {
  return lines.length === 0
    ? html`<p>${none}</p>`
    : html`<ul>
        ${lines.map((text) => html`<li>${text}</li>`)}
      </ul>`;
}
