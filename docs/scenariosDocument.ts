import { BUILT_IN_SCENARIOS, SCENARIO_USES, scenarioWords } from '../backend/simulation/index.ts';
import { stringify } from 'yaml';

/** `docs/scenarios.md`: what scenarios are, and a card for each that ships. */
export function scenariosDocument(): string {
  return [
    '# Scenarios',
    '',
    INTRODUCTION,
    '',
    '## Scenarios that ship',
    '',
    'Each picture shows six hours from now in times the usual level (a whole replica is a sixth of it), a random start at its earliest. This page is made from `backend/simulation/scenario` by `npm run docs`.',
    '',
    ...BUILT_IN_SCENARIOS.flatMap((scenario) => [
      `### ${scenario.name}`,
      '',
      `${scenario.description ?? ''}.`,
      '',
      `![${scenario.name} over six hours](img/scenarios/${scenario.name}.svg)`,
      '',
      ...scenarioWords(scenario).map((words) => `- ${words}`),
      '',
      `**When to use it.** ${SCENARIO_USES[scenario.name] ?? ''}`,
      '',
      '```yaml',
      stringify({ name: scenario.name, interventions: scenario.interventions }, { collectionStyle: 'any' }).trimEnd(),
      '```',
      '',
    ]),
  ].join('\n');
}

const INTRODUCTION = `
A scenario is a named list of changes to what drives the future: demand, resources, replicas. It acts before demand is turned into resources, so that a fifth more requests moves CPU, memory and network as the past says they move. Where the past shows no such relation, the resource is left alone and a warning says so.

A scenario can be simulated ([\`headroom simulate\`](commands.md#simulate), \`POST /api/v1/workloads/{name}/simulations\`; \`POST /api/v1/simulations?workload={name}\` where a proxy opens exact paths), stored (\`PUT /api/v1/scenarios/{name}\`), and kept for a workload (\`scenarios: [flash-sale]\` in the [workloads file](configuration.md)).

## Stored scenarios

| | |
|---|---|
| \`GET /api/v1/scenarios\` | all: those that ship and those that are stored, each with its version and its numbers in words |
| \`GET /api/v1/scenarios/{name}\` | one, with its versions; \`?version=2\` as it was; \`ETag\` is its version |
| \`PUT /api/v1/scenarios/{name}\` | stores one, or a new version of it: 201 or 200. With \`If-Match: "2"\` only if it is still at version 2, with \`If-None-Match: *\` only if there is none yet (412 otherwise). One that ships can be copied to another name, not overwritten (409) |
| \`DELETE /api/v1/scenarios/{name}\` | takes it out of use; its versions are numbered on if the name comes back |

A scenario is checked by the same schema as a file, and against what workloads there are: a target that none of them has, a start after the longest horizon, or more replicas taken than any may have is refused with \`SCENARIO_INVALID\` and the field. The last 50 versions are kept.

## Scenarios kept for a workload

The workloads file names them, or the declaration through the API (\`scenarios\` in \`PUT /api/v1/workloads/{name}\`, which needs the permission \`admin\`). In Grafana the page _Scenarios_ does that by _Use for checkout_ and takes it back by _Undo_; what the file declares is changed in the file alone, and the page shows the lines for it. Each turn of the loop then simulates them beside the baseline, on the same paths:

- \`headroom_scenario_forecast{scenario, resource, quantile}\` and \`headroom_scenario_shortfall_probability{scenario, resource}\` say what each would bring, in the future;
- \`headroom_scenario_weight{scenario}\` says how far the present follows each, \`scenario="baseline"\` among them; they add up to 1. \`GET /api/v1/workloads/{name}/scenarios\` has the same with the last day of weights;
- the recommendation is the least plan that keeps \`risk\` over the mixture of all by weight. A reason says what each asks for alone and who carries it (the plan, burst, or neither), and another what a change of weight changed.

**Weights.** Before any evidence a scenario weighs its \`probability\`, 0.05 where it names none, with what the past showed of it; together they weigh at most a half. At each step, what was measured is held against what the baseline foresaw and what each scenario would have brought had it just begun: \`w ∝ prediction × likelihood^0.5\`, where the prediction draws a twentieth of the way back to the prior (forgetting) and the likelihood is that of a heavy-tailed distribution through the 10, 50 and 90 % quantiles, its evidence against the baseline bounded at 12 to 1 a step and series, and over all series. So one odd measurement moves little, three in a row decide, and when the event is over the weights return within about an hour of five-minute steps. No weight falls below a fifth of its prior (or 0.01, if that is less). What the present is compared with moves on with each forecast only while the baseline leads: a forecast that has already learnt the event would hide it. It is replaced after 72 steps at the latest. A scenario that changes capacity alone cannot be seen in demand: its weight stays near its prior. The weights survive a restart.

**Priors.** How often a scenario comes is learnt from the days that were: one on which it weighed at least a half at three steps is a day that followed it, one that was measured and on a tenth of its steps weighed it at half its prior or less is a day that did not, and every other day decides nothing, as of a scenario that cannot be seen in demand. The prior is the mean of a Beta distribution in which what is declared counts as 30 days, within a fifth and five times what is declared; half of what was counted is forgotten after 180 days. It is reckoned anew when a day (UTC) ends and kept over restarts; other scenarios, or other words of one, begin anew. \`GET /api/v1/workloads/{name}/scenarios\` has \`prior\`, \`declaredPrior\` and \`priorReason\`.
`.trim();
