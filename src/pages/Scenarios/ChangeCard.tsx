import React, { useId, type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, IconButton, Stack, Text, useStyles2 } from '@grafana/ui';
import type { Intervention } from '../../../contract/scenario.ts';
import { t } from '../../translations';
import { DrawnFields } from './DrawnFields';
import { InterventionFields } from './InterventionFields';
import type { Change } from './model/changes';
import { isKind, kindName } from './model/interventionKinds';

export interface ChangeCardProps {
  readonly change: Change;
  /** What it may act on, beside replicas. */
  readonly targets: readonly string[];
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  readonly onChange: (change: Change, isMoving: boolean) => void;
  readonly onRemove: () => void;
}

/** One change of a scenario: what it is, what it acts on, and its numbers. */
export function ChangeCard({ change, targets, stepSeconds, horizonSeconds, onChange, onRemove }: ChangeCardProps) {
  if (change.kind === 'drawn') {
    const { shape } = change;
    const setTarget = (target: string) => onChange({ kind: 'drawn', shape: { ...shape, target } }, false);
    return (
      <Card
        title={t('scenarios.drawn.title', 'Drawn shape')}
        target={shape.target}
        {...{ targets, onRemove, setTarget }}
      >
        <DrawnFields
          shape={shape}
          stepSeconds={stepSeconds}
          horizonSeconds={horizonSeconds}
          onChange={(next, isMoving) => onChange({ kind: 'drawn', shape: next }, isMoving)}
        />
      </Card>
    );
  }
  const { intervention } = change;
  const set = (next: Intervention, isMoving: boolean) =>
    onChange({ kind: 'intervention', intervention: next }, isMoving);
  const { kind, target } = intervention;
  return (
    <Card
      title={isKind(kind) ? kindName(kind) : kind}
      target={target}
      targets={kind === 'capacity' ? [] : targets}
      setTarget={(next) => set({ ...intervention, target: next }, false)}
      onRemove={onRemove}
    >
      {isKind(kind) ? (
        <InterventionFields
          intervention={intervention}
          stepSeconds={stepSeconds}
          horizonSeconds={horizonSeconds}
          onChange={set}
        />
      ) : (
        <Text color="secondary">{t('scenarios.unsupported', 'Simulations do not know this kind yet.')}</Text>
      )}
    </Card>
  );
}

interface CardProps {
  readonly title: string;
  readonly target: string;
  /** None where there is nothing to choose. */
  readonly targets: readonly string[];
  readonly setTarget: (target: string) => void;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Card({ title, target, targets, setTarget, onRemove, children }: CardProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <fieldset className={styles.card} aria-label={title}>
      <Stack direction="row" gap={1} alignItems="center">
        <div className={styles.title}>
          <Text weight="medium">{title}</Text>
        </div>
        {targets.length > 0 && (
          <>
            <span id={`${id}-label`} hidden>
              {t('scenarios.actsOn', 'What {{title}} acts on', { title })}
            </span>
            <Combobox<string>
              id={id}
              width={22}
              aria-labelledby={`${id}-label`}
              options={targets.map((value) => ({ value, label: targetName(value) }))}
              value={target}
              onChange={({ value }) => setTarget(value)}
            />
          </>
        )}
        <IconButton
          name="trash-alt"
          aria-label={t('scenarios.removeChange', 'Remove {{title}}', { title })}
          onClick={onRemove}
        />
      </Stack>
      {children}
    </fieldset>
  );
}

function targetName(target: string): string {
  return target === 'demand'
    ? t('scenarios.target.demand', 'Demand')
    : target === 'resources'
      ? t('scenarios.target.resources', 'All resources')
      : target;
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
  }),
  title: css({ flex: '1 1 auto', minWidth: 0 }),
});
