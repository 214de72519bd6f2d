import React, { memo, useMemo, useState, type Ref } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { SeriesIcon, Stack, Text, useStyles2, useTheme2 } from '@grafana/ui';
import type { SimulationReport } from '../../../contract/simulation.ts';
import { FrontierChart, type FrontierLine } from '../../charts/FrontierChart';
import { formatMoney } from '../../formatting/formatMoney';
import { formatProbability } from '../../formatting/formatProbability';
import { formatReplicas } from '../../formatting/formatReplicas';
import { useElementWidth } from '../../hooks/useElementWidth';
import { Sentence } from '../../sentences/Sentence';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { chosenPoint, frontierKinds, planKey, type FrontierPoint, type PlanKind } from './model/plans';
import { ProposePlan } from './ProposePlan';

interface FrontierSectionProps {
  /** A full one; null while there is none. */
  readonly report: SimulationReport | null;
  readonly isCurrent: boolean;
  readonly scenario: string;
  /** Around what a saved picture shows of it. */
  readonly pictured?: Ref<HTMLDivElement>;
  readonly chosen: string | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly onChoose: (key: string) => void;
}

const HEIGHT = 320;
const HUES: Readonly<Record<PlanKind, string>> = {
  'scheduled-floor': 'orange',
  'floor-and-reactive': 'blue',
  static: 'green',
  requests: 'purple',
};

/** What safety costs: plans by cost and risk, one of which is chosen and can be proposed. */
export const FrontierSection = memo(function FrontierSection(props: FrontierSectionProps) {
  const { report, isCurrent, scenario, pictured, chosen, currency, onChoose } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [ref, width] = useElementWidth<HTMLDivElement>();
  const [moving, setMoving] = useState<string | null>(null);
  const point = report === null ? null : chosenPoint(report, moving ?? chosen);
  const isPriced =
    report !== null && frontierKinds(report).every(([, points]) => points.every(({ cost }) => cost !== null));
  const lines = useMemo(
    () =>
      (report === null ? [] : frontierKinds(report)).map(([kind, points]): FrontierLine => ({
        key: kind,
        name: planKindName(kind),
        color: theme.visualization.getColorByName(HUES[kind]),
        points: points.map((each) => ({
          key: planKey(each),
          cost: isPriced ? (each.cost ?? 0) : each.replicaHours,
          risk: each.shortfallProbabilityWindow,
        })),
      })),
    [report, isPriced, theme]
  );
  const formatCost = (cost: number) => (isPriced ? formatMoney(cost, currency) : formatReplicas(Math.round(cost)));
  const title = t('scenarios.frontier.title', 'What safety costs');
  return (
    <Section title={title} testId={testIds.scenarios.frontier}>
      <div
        ref={ref}
        style={{ minHeight: HEIGHT }}
        aria-busy={!isCurrent}
        className={isCurrent ? undefined : styles.stale}
      >
        {report !== null && lines.length === 0 && (
          <Text color="secondary">
            {report.warnings[0] === undefined ? (
              t('scenarios.frontier.none', 'No plan can be judged: the workload declares no replicas and capacity.')
            ) : (
              <Sentence text={report.warnings[0]} />
            )}
          </Text>
        )}
        {report !== null && point !== null && width > 0 && (
          <div ref={pictured}>
            <ul className={styles.legend}>
              {lines.map(({ key, name, color }) => (
                <li key={key} className={styles.entry} data-legend-mark>
                  <SeriesIcon color={color} />
                  {name}
                </li>
              ))}
            </ul>
            <FrontierChart
              lines={lines}
              chosen={planKey(point)}
              risk={report.recommendation?.risk ?? null}
              width={width}
              height={HEIGHT}
              formatCost={formatCost}
              costLabel={
                isPriced
                  ? t('scenarios.frontier.cost', 'Cost over the horizon')
                  : t('scenarios.frontier.hours', 'Replica hours over the horizon')
              }
              riskLabel={t('scenarios.frontier.risk', 'Risk in a lead time')}
              handleLabel={t('scenarios.frontier.handle', 'Chosen plan')}
              handleText={pointText(point, isPriced ? formatCost(point.cost ?? 0) : formatCost(point.replicaHours))}
              description={describe(title, lines, formatCost)}
              onMove={setMoving}
              onCommit={(key) => {
                setMoving(null);
                onChoose(key);
              }}
            />
          </div>
        )}
      </div>
      {report !== null && point !== null && (
        <Stack direction="column" gap={1}>
          <Text element="p">
            <strong>{planKindName(point.kind)}</strong>
            {': '}
            {pointText(point, isPriced ? formatCost(point.cost ?? 0) : formatCost(point.replicaHours))}
          </Text>
          <ProposePlan
            workload={report.workload}
            scenario={scenario}
            point={point}
            cutoff={report.cutoff}
            timeZone={props.timeZone}
            isCurrent={isCurrent}
          />
        </Stack>
      )}
    </Section>
  );
});

function planKindName(kind: PlanKind): string {
  switch (kind) {
    case 'scheduled-floor':
      return t('scenarios.planKind.scheduled', 'Scheduled floor');
    case 'floor-and-reactive':
      return t('scenarios.planKind.reactive', 'Floor and reactive autoscaler');
    case 'static':
      return t('scenarios.planKind.static', 'One count all the time');
    case 'requests':
      return t('scenarios.planKind.requests', 'Other requests of a replica');
  }
}

function pointText({ replicas, shortfallProbabilityWindow }: FrontierPoint, cost: string): string {
  const counts = replicas.map(({ count }) => count);
  return t('scenarios.frontier.point', '{{least}} to {{most}} replicas, {{cost}}, risk {{risk}}', {
    least: formatReplicas(Math.min(...counts)),
    most: formatReplicas(Math.max(...counts)),
    cost,
    risk: formatProbability(shortfallProbabilityWindow),
  });
}

function describe(title: string, lines: readonly FrontierLine[], formatCost: (cost: number) => string) {
  return {
    summary: `${title}: ${lines.map(({ name, points }) => `${name} ${points.length}`).join(', ')}`,
    columns: [
      t('scenarios.frontier.kind', 'Kind of plan'),
      t('scenarios.frontier.costColumn', 'Cost'),
      t('scenarios.frontier.risk', 'Risk in a lead time'),
    ],
    rows: lines.flatMap(({ name, points }) =>
      points.map(({ cost, risk }) => [name, formatCost(cost), formatProbability(risk)])
    ),
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  stale: css({ opacity: 0.6 }),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75) }),
});
