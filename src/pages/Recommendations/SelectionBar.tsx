import React, { useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Checkbox, Stack, Text, useStyles2 } from '@grafana/ui';
import type { Recommendation } from '../../../contract/recommendation.ts';
import { ActionButton } from '../../acting/ActionButton';
import { ApproveManyDrawer } from '../../acting/ApproveManyDrawer';
import { DismissModal } from '../../acting/DismissModal';
import { ManyResult } from '../../acting/ManyResult';
import { SnoozeButton } from '../../acting/SnoozeButton';
import { useMany } from '../../acting/useMany';
import { dismiss, snooze } from '../../sidecar/answers';
import { PERMISSIONS } from '../../sidecar/permissions';
import { testIds } from '../../testIds';
import { t } from '../../translations';

interface SelectionBarProps {
  readonly selected: readonly Recommendation[];
  readonly choosable: readonly Recommendation[];
  readonly now: number;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
  readonly onChanged: () => void;
}

const MOST_AT_ONCE = 100;

/** What can be done with all that are chosen. */
export function SelectionBar({ selected, choosable, now, onSelect, onChanged }: SelectionBarProps) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState<'approve' | 'dismiss' | null>(null);
  const [what, setWhat] = useState('');
  const { many, run, reset } = useMany(onChanged);
  const isRunning = many.kind === 'running';
  const blocked = blockOf(selected.length, isRunning);
  const isAll = choosable.length > 0 && choosable.every(({ id }) => selected.some((each) => each.id === id));
  const clear = () =>
    onSelect(
      selected.map(({ id }) => id),
      false
    );
  return (
    <Stack direction="column" gap={1}>
      {choosable.length > 0 && (
        <div className={styles.bar} data-testid={testIds.recommendations.selection}>
          <Checkbox
            label={t('recommendations.selectAll', 'Choose all')}
            value={isAll}
            indeterminate={!isAll && selected.length > 0}
            onChange={(event) =>
              onSelect(
                choosable.map(({ id }) => id),
                event.currentTarget.checked
              )
            }
          />
          <span role="status">
            <Text color="secondary">
              {isRunning
                ? t('recommendations.progress', '{{done}} of {{total}} done', { done: many.done, total: many.total })
                : t('recommendations.selected', '{{count}} chosen', { count: selected.length })}
            </Text>
          </span>
          <ActionButton
            permission={PERMISSIONS.approve}
            blocked={blocked}
            size="sm"
            icon="check"
            testId={testIds.recommendations.approveMany}
            onClick={() => setOpen('approve')}
          >
            {t('recommendations.approve', 'Approve…')}
          </ActionButton>
          <SnoozeButton
            size="sm"
            blocked={blocked}
            onSnooze={(seconds) => {
              setWhat(t('recommendations.snoozed', 'snoozed'));
              void run(selected, (id) => snooze(id, now + seconds));
              clear();
            }}
          />
          <ActionButton
            permission={PERMISSIONS.propose}
            blocked={blocked}
            size="sm"
            variant="secondary"
            icon="times"
            onClick={() => setOpen('dismiss')}
          >
            {t('recommendations.dismiss', 'Dismiss…')}
          </ActionButton>
          {selected.length > 0 && (
            <Button size="sm" variant="secondary" fill="text" onClick={clear}>
              {t('recommendations.clear', 'Clear')}
            </Button>
          )}
        </div>
      )}
      {many.kind === 'done' && <ManyResult what={what} outcomes={many.outcomes} onClose={reset} />}
      {open === 'approve' && (
        <ApproveManyDrawer
          recommendations={selected}
          onChanged={onChanged}
          onClose={() => {
            setOpen(null);
            clear();
          }}
        />
      )}
      {open === 'dismiss' && (
        <DismissModal
          subject={t('recommendations.subject', '{{count}} recommendations', {
            count: selected.length,
            defaultValue_one: '{{count}} recommendation',
          })}
          isRunning={false}
          onDismiss={(reason) => {
            setWhat(t('recommendations.dismissed', 'dismissed'));
            void run(selected, (id) => dismiss(id, reason));
            setOpen(null);
            clear();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </Stack>
  );
}

function blockOf(count: number, isRunning: boolean): string | null {
  if (isRunning) {
    return t('approve.running', 'It is being done');
  }
  if (count === 0) {
    return t('recommendations.chooseFirst', 'Choose recommendations first');
  }
  return count > MOST_AT_ONCE ? t('recommendations.tooMany', 'At most {{most}} at once', { most: MOST_AT_ONCE }) : null;
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 1.5),
    padding: theme.spacing(1, 1.5),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
});
