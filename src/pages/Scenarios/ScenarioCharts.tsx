import React, { useMemo } from 'react';
import { useTheme2 } from '@grafana/ui';
import type { WorkloadDetail } from '../../../contract/api.ts';
import type { PlanFile } from '../../../contract/plan.ts';
import { isBinaryUnit } from '../../formatting/isBinaryUnit';
import { grafanaUnit, valueFormatter } from '../../formatting/valueFormatter';
import { t } from '../../translations';
import { axisTop } from './model/axisTop';
import { drawnReport, outcomeOf, pairOf } from './model/outcomes';
import { highestOf } from './model/scenarioFans';
import { rememberedFans } from './model/rememberedFans';
import { ScenarioPanel } from './ScenarioPanel';
import type { Simulated } from './simulation/useSimulations';
import { useMeasured } from './useMeasured';

interface ScenarioChartsProps {
  readonly detail: WorkloadDetail;
  readonly names: readonly string[];
  readonly simulated: readonly Simulated[];
  readonly resource: string;
  readonly planFile: PlanFile | null;
  /** The plan whose shortfalls are drawn. */
  readonly judged: string;
  readonly timeZone: string;
}

const PAST_HOURS = 6;
const HEIGHT = 440;
const HEIGHT_AMONG_OTHERS = 360;
const HUES = ['orange', 'purple', 'yellow', 'light-blue'] as const;

/** A chart for each scenario, on one cursor and one value axis. */
export function ScenarioCharts(props: ScenarioChartsProps) {
  const { detail, names, simulated, resource, planFile, judged, timeZone } = props;
  const theme = useTheme2();
  const { summary } = detail;
  const past = useMeasured(summary.name, resource, PAST_HOURS);
  const declared = summary.resources.find(({ name }) => name === resource);
  const { current } = summary.replicas;
  const perReplica = declared?.capacity != null && current ? declared.capacity / current : null;
  const unit = declared?.unit ?? '';
  const format = useMemo(() => valueFormatter(unit), [unit]);
  const fansOf = useMemo(() => {
    const hue = (name: string) => theme.visualization.getColorByName(name);
    return rememberedFans({
      ...{ resource, past, perReplica, plan: planFile },
      baselineName: t('scenarios.baseline', 'Without'),
      colorsOf: (index) => ({
        baseline: { actual: hue('blue'), forecast: theme.colors.text.secondary },
        scenario: { forecast: hue(HUES[index % HUES.length] ?? 'orange'), capacity: hue('green') },
      }),
    });
  }, [resource, past, perReplica, planFile, theme]);
  const drawn = simulated.map((each, index) => {
    const report = drawnReport(each);
    return report === null ? null : fansOf(index, report, names[index] ?? '');
  });
  const top = axisTop(highestOf(drawn.flatMap((each) => each?.fans ?? [])));
  return (
    <>
      {simulated.map((each, index) => {
        const outcome = outcomeOf(pairOf(each.slider)?.scenario, judged);
        return (
          <ScenarioPanel
            key={index}
            name={names[index] ?? ''}
            resource={resource}
            drawn={drawn[index] ?? null}
            probability={perReplica === null ? null : (outcome?.shortfallProbability ?? null)}
            isAsking={!each.isSliderCurrent || !each.isFullCurrent}
            nowMs={(drawnReport(each)?.cutoff ?? detail.now) * 1000}
            timeZone={timeZone}
            format={format}
            isBinary={isBinaryUnit(grafanaUnit(unit))}
            top={top}
            height={simulated.length === 1 ? HEIGHT : HEIGHT_AMONG_OTHERS}
          />
        );
      })}
    </>
  );
}
