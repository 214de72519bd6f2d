import type { Manifest } from './manifest.ts';

const KIND = { lstm: 'patch LSTM', transformer: 'patch Transformer' } as const;

/** `CARD.md` of an artefact: what it is for, what it learnt from, its scores and its limits. */
export function modelCard(manifest: Manifest): string {
  const { name, version, architecture, parameterCount, contextLength, horizon, data, scores, seed, steps } = manifest;
  const lines = [
    `# ${name} ${version}`,
    '',
    `A ${KIND[architecture]} of ${(parameterCount / 1e6).toFixed(2)} million parameters that forecasts any monitoring ` +
      'series as a distribution, without having seen it before. Given the last ' +
      `${String(contextLength)} steps at four resolutions, and earlier cycles back to where the history reaches, it ` +
      `answers 15 quantiles at each step up to ${String(horizon)} ahead in one pass.`,
    '',
    '## Learnt from',
    '',
    `Seed ${String(seed)}, ${String(steps)} steps${manifest.tunedFrom === undefined ? '' : `, from ${manifest.tunedFrom}`}.`,
    '',
    '| data | series | weight | SHA-256 |',
    '| --- | --- | --- | --- |',
    ...data.map(
      (each) =>
        `| ${each.name} | ${String(each.series)} | ${String(each.weight)} | ${each.sha256.slice(0, 12) || '-'} |`
    ),
    '',
    '## Scores',
    '',
    ...(scores.length === 0
      ? ['None were taken with this artefact; `bench/README.md` has those of the recipe.']
      : [
          'On windows at the end of the data, which it had not learnt from, beside seasonal-naive.',
          '',
          '| data | CRPS | seasonal-naive | MASE | seasonal-naive |',
          '| --- | --- | --- | --- | --- |',
          ...scores.map(
            (each) =>
              `| ${each.data} | ${each.crps.toFixed(4)} | ${each.seasonalNaiveCrps.toFixed(4)} | ` +
              `${each.mase.toFixed(4)} | ${each.seasonalNaiveMase.toFixed(4)} |`
          ),
        ]),
    '',
    '## Limits',
    '',
    `- Beyond ${String(horizon)} steps it answers, but was not trained for it.`,
    '- Steps of a day or longer were not in its training.',
    '- Its inputs are made by `backend/neural/windows`; values are scaled by the median and mean deviation of about a week.',
    '- What has no precursor in the series (a flash event) it can only cover by the width of its bands.',
    '',
  ];
  return lines.join('\n');
}
