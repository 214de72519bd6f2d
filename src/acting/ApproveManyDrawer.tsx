import React, { useState } from 'react';
import { Button, Drawer, Spinner, Stack, Text } from '@grafana/ui';
import type { Recommendation } from '../../contract/recommendation.ts';
import { formatReplicas } from '../formatting/formatReplicas';
import { SimpleTable } from '../pages/SimpleTable';
import { approveMany, type Approvals, type Seen } from '../sidecar/answers';
import { PERMISSIONS } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { explainFailure } from '../states/explainFailure';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ActionButton } from './ActionButton';
import { ClickFailure } from './ClickFailure';
import { ManyResult } from './ManyResult';
import type { ManyOutcome } from './useMany';
import { useManyPreviews, type ManyPreview } from './useManyPreviews';

interface ApproveManyDrawerProps {
  readonly recommendations: readonly Recommendation[];
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** The exact change of each, then all at once; each by itself, with what became of it. */
export function ApproveManyDrawer({ recommendations, onChanged, onClose }: ApproveManyDrawerProps) {
  const [chosen] = useState(recommendations);
  const [round, setRound] = useState(0);
  const previews = useManyPreviews(
    chosen.map(({ id }) => id),
    round
  );
  const { click, press } = useClick((seen: readonly Seen[], key) => approveMany(seen, key), onChanged);
  const seen = chosen.flatMap(({ id }): Seen[] => {
    const preview = previews.get(id);
    return preview?.kind === 'ready' ? [{ id, etag: preview.seen.etag }] : [];
  });
  const isLoading = [...previews.values()].some(({ kind }) => kind === 'loading');
  return (
    <Drawer
      title={t('approveMany.title', 'Approve {{count}} recommendations', {
        count: chosen.length,
        defaultValue_one: 'Approve {{count}} recommendation',
      })}
      size="md"
      onClose={onClose}
    >
      <Stack direction="column" gap={2}>
        {click.kind === 'done' ? (
          <ManyResult what={t('approveMany.done', 'approved')} outcomes={outcomesOf(click.value, chosen)} />
        ) : (
          <SimpleTable
            caption={t('approveMany.caption', 'What would change')}
            columns={[
              t('approveMany.workload', 'Workload'),
              t('approveMany.change', 'Exact change'),
              t('approveMany.dryRun', 'Dry run'),
            ]}
            rows={chosen.map(({ id, workload }) => ({
              key: id,
              cells: [workload, ...previewCells(previews.get(id) ?? { kind: 'loading' })],
            }))}
          />
        )}
        <ClickFailure click={click} />
        <Stack direction="row" gap={1} wrap="wrap">
          {click.kind !== 'done' && (
            <ActionButton
              permission={PERMISSIONS.approve}
              blocked={blockOf(isLoading, seen.length, click.kind === 'running')}
              icon="check"
              testId={testIds.acting.approve}
              onClick={() => press(seen)}
            >
              {t('approveMany.press', 'Approve {{count}}', { count: seen.length })}
            </ActionButton>
          )}
          {click.kind !== 'done' && (
            <Button variant="secondary" icon="sync" onClick={() => setRound((value) => value + 1)}>
              {t('click.lookAgain', 'Look again')}
            </Button>
          )}
          <Button variant="secondary" onClick={onClose}>
            {click.kind === 'done' ? t('approve.close', 'Close') : t('approve.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}

function blockOf(isLoading: boolean, count: number, isRunning: boolean): string | null {
  if (isRunning) {
    return t('approve.running', 'It is being done');
  }
  if (isLoading) {
    return t('approve.needsPreview', 'The exact change is not known yet');
  }
  return count === 0 ? t('approveMany.none', 'None of them can be approved now') : null;
}

function previewCells(preview: ManyPreview): React.ReactNode[] {
  switch (preview.kind) {
    case 'loading':
      return [<Spinner key="change" inline />, ''];
    case 'failed':
      return [
        <Text key="change" color="warning">
          {explainFailure(preview.failure, true).title}
        </Text>,
        t('approveMany.leftOut', 'left out'),
      ];
    case 'ready': {
      const { differences, dryRun } = preview.preview;
      return [
        differences.length === 0
          ? t('approveMany.nothing', 'nothing')
          : differences.map(({ path, before, after }) => `${path}: ${shown(before)} → ${shown(after)}`).join(', '),
        dryRun.kind === 'accepted'
          ? t('approveMany.accepted', 'accepted')
          : t('approveMany.unsupported', 'there is none'),
      ];
    }
  }
}

function shown(value: string | number | boolean | null): string {
  return value === null ? '–' : typeof value === 'number' ? formatReplicas(value) : String(value);
}

function outcomesOf({ results }: Approvals, chosen: readonly Recommendation[]): ManyOutcome[] {
  return results.map(({ id, problem }) => ({
    workload: chosen.find((each) => each.id === id)?.workload ?? id,
    failure: problem === null ? null : { kind: 'problem', problem },
  }));
}
