import React, { useMemo } from 'react';
import { InteractiveTable, Stack, Text, TextLink, type CellProps, type Column } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import type { ModelsResponse } from '../../../contract/models.ts';
import { spoken } from '../../sentences/spoken';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { DriftBadge } from './DriftBadge';
import { learntRoles } from './learntRoles';
import { versionName } from './versionName';

interface FleetModelsTableProps {
  readonly workloads: readonly WorkloadSummary[];
  readonly models: ModelsResponse;
  readonly linkTo: (workload: string) => string;
}

interface Row {
  readonly name: string;
  /** Models that forecast its series now. */
  readonly serving: readonly string[];
  readonly champions: readonly string[];
  readonly trials: readonly string[];
  readonly benched: readonly string[];
  readonly drifting: ModelsResponse['drifting'];
}

const PAGE_SIZE = 50;

/** Who forecasts each workload, who is on trial, and what drifts: drifting ones first. */
export function FleetModelsTable({ workloads, models, linkTo }: FleetModelsTableProps) {
  const rows = useMemo(() => rowsOf(workloads, models), [workloads, models]);
  const columns = useMemo(() => columnsOf(linkTo), [linkTo]);
  return (
    <div data-testid={testIds.models.fleet}>
      <InteractiveTable columns={columns} data={rows} getRowId={({ name }: Row) => name} pageSize={PAGE_SIZE} />
    </div>
  );
}

function rowsOf(workloads: readonly WorkloadSummary[], models: ModelsResponse): Row[] {
  return workloads
    .map(({ name, resources }): Row => {
      const learnt = learntRoles(models, name);
      const named = (
        pick: (roles: ModelsResponse['roles'][number]) => ReadonlyArray<Parameters<typeof versionName>[0]>
      ) =>
        learnt.flatMap((each) =>
          each.roles === null ? [] : pick(each.roles).map((version) => `${each.name} ${versionName(version)}`)
        );
      return {
        name,
        serving: [...new Set(resources.flatMap(({ model }) => (model === null ? [] : [model])))],
        champions: learnt.flatMap(({ name: of, roles, inForce }) => {
          const champion = roles?.champion ?? null;
          return champion !== null
            ? [`${of} ${versionName(champion)}`]
            : inForce === null
              ? []
              : [
                  `${of} ${versionName({ origin: inForce.workload === null ? 'shipped' : 'tuned', version: inForce.version })}`,
                ];
        }),
        trials: learnt.flatMap(({ name: of, roles }) =>
          (roles?.trials ?? []).map((trial) => `${of}: ${spoken(trial.words)}`)
        ),
        benched: named(({ benched }) => benched),
        drifting: models.drifting.filter(({ workload }) => workload === name),
      };
    })
    .sort((a, b) => b.drifting.length - a.drifting.length || a.name.localeCompare(b.name));
}

type Cell = CellProps<Row>;

function columnsOf(linkTo: (workload: string) => string): Array<Column<Row>> {
  return [
    {
      id: 'name',
      header: t('overview.column.workload', 'Workload'),
      cell: ({ row: { original } }: Cell) => (
        <TextLink href={linkTo(original.name)} inline={false}>
          {original.name}
        </TextLink>
      ),
      sortType: (a, b) => a.original.name.localeCompare(b.original.name),
    },
    {
      id: 'serving',
      header: t('models.column.serving', 'Forecast by'),
      cell: ({ row: { original } }: Cell) => <Lines lines={original.serving} isWhole />,
      sortType: (a, b) => a.original.serving.join().localeCompare(b.original.serving.join()),
    },
    {
      id: 'champions',
      header: t('models.column.champions', 'Learnt champions'),
      cell: ({ row: { original } }: Cell) => <Lines lines={original.champions} isWhole />,
    },
    {
      id: 'trials',
      header: t('models.column.trials', 'On trial'),
      cell: ({ row: { original } }: Cell) => <Lines lines={original.trials} />,
      sortType: (a, b) => a.original.trials.length - b.original.trials.length,
    },
    {
      id: 'benched',
      header: t('models.column.benched', 'Benched'),
      cell: ({ row: { original } }: Cell) => <Lines lines={original.benched} />,
      sortType: (a, b) => a.original.benched.length - b.original.benched.length,
    },
    {
      id: 'drifting',
      header: t('models.column.drift', 'Drift'),
      cell: ({ row: { original } }: Cell) =>
        original.drifting.length === 0 ? (
          <Text color="secondary">{t('models.noDrift', 'none found')}</Text>
        ) : (
          <Stack direction="column" gap={0.5}>
            {original.drifting.map((drift) => (
              <Stack key={drift.resource} direction="row" gap={0.5} alignItems="center">
                <span>{drift.resource}</span>
                <DriftBadge drift={drift} />
              </Stack>
            ))}
          </Stack>
        ),
      sortType: (a, b) => a.original.drifting.length - b.original.drifting.length,
    },
  ];
}

interface LinesProps {
  readonly lines: readonly string[];
  /** Whether none is broken. */
  readonly isWhole?: boolean;
}

function Lines({ lines, isWhole = false }: LinesProps) {
  return lines.length === 0 ? (
    <>–</>
  ) : (
    <Stack direction="column" gap={0}>
      {lines.map((line) => (
        <span key={line} style={isWhole ? { whiteSpace: 'nowrap' } : undefined}>
          {line}
        </span>
      ))}
    </Stack>
  );
}
