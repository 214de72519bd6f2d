import React, { useEffect, useMemo } from 'react';
import { InteractiveTable, type CellProps, type Column } from '@grafana/ui';
import { t } from '../../translations';
import type { WorkloadSummary } from '../../../contract/api.ts';
import { HealthBadge } from '../../indicators/HealthBadge';
import { ProbabilityText } from '../../indicators/ProbabilityText';
import { ShortfallTime } from '../../indicators/ShortfallTime';
import { testIds } from '../../testIds';
import { CostCell, NameCell, ReplicasCell } from './cells';
import { ModeCell } from './ModeCell';
import { SparklineCell } from './sparklines/SparklineCell';
import { SparklineProvider, useSparklineStore } from './sparklines/sparklineContext';
import { isShortNow } from '../../fleet/isShortNow';
import { compareUrgency, hourlySaving, isForeseen, WINDOWS } from '../../fleet/urgencyOrder';

interface FleetTableProps {
  readonly workloads: readonly WorkloadSummary[];
  readonly now: number;
  /** The address of a workload's page. */
  readonly linkTo: (name: string) => string;
}

const PAGE_SIZE = 25;

/** The fleet by urgency: one line a workload, twenty-five a page. */
export function FleetTable({ workloads, now, linkTo }: FleetTableProps) {
  const columns = useMemo(() => fleetColumns(now, linkTo), [now, linkTo]);
  const tooltips = useMemo(() => headerTooltips(), []);
  const data = useMemo(() => [...workloads].sort(compareUrgency), [workloads]);
  const sparklines = useSparklineStore(now);
  useEffect(() => sparklines.expect(data.slice(0, PAGE_SIZE).map(({ name }) => name)), [sparklines, data]);
  return (
    <SparklineProvider value={sparklines}>
      <div data-testid={testIds.overview.table}>
        <InteractiveTable
          headerTooltips={tooltips}
          columns={columns}
          data={data}
          getRowId={({ name }: WorkloadSummary) => name}
          pageSize={PAGE_SIZE}
        />
      </div>
    </SparklineProvider>
  );
}

type Cell = CellProps<WorkloadSummary>;

function fleetColumns(now: number, linkTo: (name: string) => string): Array<Column<WorkloadSummary>> {
  return [
    {
      id: 'name',
      header: t('overview.column.workload', 'Workload'),
      cell: ({ row }: Cell) => <NameCell workload={row.original} href={linkTo(row.original.name)} />,
      sortType: (a, b) => a.original.name.localeCompare(b.original.name),
    },
    {
      id: 'firstShortfallAt',
      header: t('overview.column.fallsShort', 'Falls short'),
      cell: ({ row: { original } }: Cell) => (
        <ShortfallTime
          firstShortfallAt={original.firstShortfallAt}
          isKnown={isForeseen(original)}
          isShortNow={isShortNow(original)}
          now={now}
        />
      ),
      sortType: (a, b) => compareUrgency(a.original, b.original),
      disableGrow: true,
    },
    ...WINDOWS.map((window): Column<WorkloadSummary> => ({
      id: `probability${window}`,
      header: t('overview.column.probability', 'P({{window}})', { window }),
      cell: ({ row }: Cell) => <ProbabilityText probability={row.original.shortfallProbability?.[window]} />,
      sortType: (a, b) => probability(a.original, window) - probability(b.original, window),
      disableGrow: true,
    })),
    {
      id: 'sparkline',
      header: t('overview.column.forecast', 'Forecast'),
      cell: ({ row }: Cell) => <SparklineCell workload={row.original} now={now} />,
      disableGrow: true,
    },
    {
      id: 'replicas',
      header: t('overview.column.replicas', 'Replicas'),
      cell: ({ row }: Cell) => <ReplicasCell workload={row.original} />,
      sortType: (a, b) => replicaChange(a.original) - replicaChange(b.original),
      disableGrow: true,
    },
    {
      id: 'cost',
      header: t('overview.column.cost', 'Cost per hour'),
      cell: ({ row }: Cell) => <CostCell workload={row.original} />,
      sortType: (a, b) => (hourlySaving(a.original) ?? -Infinity) - (hourlySaving(b.original) ?? -Infinity),
      disableGrow: true,
    },
    {
      id: 'health',
      header: t('overview.column.health', 'State'),
      cell: ({ row }: Cell) => <HealthBadge health={row.original.health} />,
      sortType: (a, b) => a.original.health.state.localeCompare(b.original.health.state),
      disableGrow: true,
    },
    {
      id: 'mode',
      header: t('overview.column.mode', 'Mode'),
      cell: ({ row }: Cell) => <ModeCell workload={row.original} />,
      sortType: (a, b) => a.original.mode.localeCompare(b.original.mode),
      disableGrow: true,
    },
  ];
}

function headerTooltips(): Record<string, { readonly content: string }> {
  return {
    firstShortfallAt: {
      content: t(
        'overview.what.shortfall',
        'When demand first exceeds capacity with more than the accepted probability'
      ),
    },
    ...Object.fromEntries(
      WINDOWS.map((window) => [
        `probability${window}`,
        {
          content: t('overview.what.probability', 'Probability of at least one shortfall within the next {{window}}', {
            window,
          }),
        },
      ])
    ),
    replicas: { content: t('overview.what.replicas', 'Now, and the most that the recommended plan asks for') },
    cost: { content: t('overview.what.cost', 'Of the replicas now, and what the recommended plan changes at present') },
    mode: { content: t('overview.what.mode', 'Whether Headroom only observes, acts on approval, or acts by itself') },
  };
}

function probability({ shortfallProbability }: WorkloadSummary, window: string): number {
  return shortfallProbability?.[window] ?? -1;
}

function replicaChange({ replicas: { current, recommended } }: WorkloadSummary): number {
  return current === null || recommended === null ? -Infinity : recommended - current;
}
