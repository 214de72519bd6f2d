import React, { useMemo } from 'react';
import { Checkbox, InteractiveTable, LinkButton, TextLink, type CellProps, type Column } from '@grafana/ui';
import type { WorkloadSummary } from '../../../contract/api.ts';
import type { Recommendation } from '../../../contract/recommendation.ts';
import { Lines } from '../../indicators/Lines';
import { modeName } from '../../indicators/modeName';
import { ShortfallTime } from '../../indicators/ShortfallTime';
import { Tone } from '../../indicators/Tone';
import { ConfidenceBadge } from '../../recommendation/ConfidenceBadge';
import { ExpiryText } from '../../recommendation/ExpiryText';
import { StateBadge } from '../../recommendation/StateBadge';
import { recommendationUrl, workloadUrl } from '../../routes';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Change, Risk, Saving } from './cells';

interface RecommendationTableProps {
  /** In the order in which they are shown. */
  readonly recommendations: Recommendation[];
  readonly summaries: ReadonlyMap<string, WorkloadSummary>;
  readonly now: number;
  readonly selected: ReadonlySet<string>;
  /** Those that can be chosen; null where none can. */
  readonly choosable: ReadonlySet<string> | null;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
}

const PAGE_SIZE = 25;

/** Recommendations by urgency, one a line. */
export function RecommendationTable(props: RecommendationTableProps) {
  const { recommendations, summaries, now, selected, choosable, onSelect } = props;
  const columns = useMemo(
    () => [
      ...(choosable === null ? [] : [selectColumn(choosable, selected, onSelect)]),
      ...dataColumns(summaries, now),
    ],
    [choosable, summaries, now, selected, onSelect]
  );
  const tooltips = useMemo(() => headerTooltips(), []);
  return (
    <div data-testid={testIds.recommendations.table}>
      <InteractiveTable
        headerTooltips={tooltips}
        columns={columns}
        data={recommendations}
        getRowId={({ id }: Recommendation) => id}
        pageSize={PAGE_SIZE}
        {...STAY_ON_PAGE}
      />
    </div>
  );
}

/** When the rows are told anew; Grafana 12 does not know it, and goes back to the first page. */
const STAY_ON_PAGE = { autoResetPage: false };

type Cell = CellProps<Recommendation>;

function headerTooltips(): Record<string, { readonly content: string }> {
  return {
    shortfall: {
      content: t(
        'recommendations.what.leave',
        'With the replicas of now, over the day ahead: when a shortfall first is more likely than the accepted risk, minutes short, and how likely it falls short at least once. Scenarios of the workload are weighed in; the Overview tells the forecast alone.'
      ),
    },
    follow: {
      content: t(
        'recommendations.what.follow',
        'The same with the plan, and what that costs less or more, what shortfalls cost included.'
      ),
    },
  };
}

function selectColumn(
  choosable: ReadonlySet<string>,
  selected: ReadonlySet<string>,
  onSelect: RecommendationTableProps['onSelect']
): Column<Recommendation> {
  return {
    id: 'select',
    header: '',
    disableGrow: true,
    cell: ({ row: { original } }: Cell) =>
      choosable.has(original.id) ? (
        <Checkbox
          aria-label={t('recommendations.select', 'Choose {{workload}}', { workload: original.workload })}
          value={selected.has(original.id)}
          onChange={(event) => onSelect([original.id], event.currentTarget.checked)}
        />
      ) : null,
  };
}

function dataColumns(summaries: ReadonlyMap<string, WorkloadSummary>, now: number): Array<Column<Recommendation>> {
  return [
    {
      id: 'workload',
      header: t('recommendations.column.workload', 'Workload'),
      cell: ({ row: { original } }: Cell) => (
        <Lines>
          <TextLink href={workloadUrl(original.workload)} inline={false} weight="medium">
            {original.workload}
          </TextLink>
          <Tone color="secondary" isSmall>
            {by(original, summaries.get(original.workload))}
          </Tone>
        </Lines>
      ),
    },
    {
      id: 'replicas',
      header: t('recommendations.column.replicas', 'Replicas'),
      cell: ({ row: { original } }: Cell) => <Change recommendation={original} />,
    },
    {
      id: 'shortfall',
      header: t('recommendations.column.leave', 'If you leave it'),
      cell: ({ row: { original } }: Cell) => {
        const current = original.expected.current;
        return current === null ? (
          <Tone color="secondary">–</Tone>
        ) : (
          <Lines>
            <ShortfallTime firstShortfallAt={current.firstShortfallAt} isKnown now={now} />
            <Risk expectation={current} />
          </Lines>
        );
      },
    },
    {
      id: 'follow',
      header: t('recommendations.column.follow', 'If you follow it'),
      cell: ({ row: { original } }: Cell) => (
        <Lines>
          <Saving recommendation={original} />
          <Risk expectation={original.expected.proposed} />
        </Lines>
      ),
    },
    {
      id: 'confidence',
      header: t('recommendations.column.confidence', 'Confidence'),
      cell: ({ row: { original } }: Cell) => <ConfidenceBadge confidence={original.confidence} />,
      disableGrow: true,
    },
    {
      id: 'state',
      header: t('recommendations.column.state', 'State'),
      cell: ({ row: { original } }: Cell) => (
        <Lines>
          <StateBadge state={original.state} />
          <ExpiryText recommendation={original} now={now} />
        </Lines>
      ),
      disableGrow: true,
    },
    {
      id: 'review',
      header: '',
      disableGrow: true,
      cell: ({ row: { original } }: Cell) => (
        <LinkButton
          size="sm"
          variant="secondary"
          href={recommendationUrl(original.id)}
          data-testid={testIds.recommendations.row(original.id)}
          aria-label={t('recommendations.reviewLabel', 'Review the recommendation for {{workload}}', {
            workload: original.workload,
          })}
        >
          {t('recommendations.review', 'Review')}
        </LinkButton>
      ),
    },
  ];
}

function by({ proposedBy }: Recommendation, summary: WorkloadSummary | undefined): string {
  return [
    summary === undefined ? '' : modeName(summary.mode),
    proposedBy === undefined ? '' : t('recommendations.by', 'proposed by {{who}}', { who: proposedBy }),
  ]
    .filter(Boolean)
    .join(' · ');
}
