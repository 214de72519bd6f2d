import React, { useState } from 'react';
import { t } from '../translations';
import { Button } from '@grafana/ui';
import type { Plan } from '../../contract/plan.ts';
import { formatReplicas } from '../formatting/formatReplicas';
import { formatTime } from '../formatting/formatTime';
import { SimpleTable } from '../pages/SimpleTable';
import { comingSteps } from './comingSteps';

interface PlanTableProps {
  readonly plan: Plan;
  readonly now: number;
  readonly timeZone: string;
}

const FIRST_STEPS = 6;

/** How many replicas from when on; what lies in the past is left out but for the step that holds. */
export function PlanTable({ plan, now, timeZone }: PlanTableProps) {
  const [isWhole, setIsWhole] = useState(false);
  const steps = comingSteps(plan, now);
  const shown = isWhole ? steps : steps.slice(0, FIRST_STEPS);
  return (
    <div>
      <SimpleTable
        caption={t('plan.caption', 'Plan')}
        columns={[t('plan.from', 'From'), t('plan.replicas', 'Replicas')]}
        rows={shown.map(({ at, count }) => ({
          key: String(at),
          cells: [at <= now ? t('plan.now', 'now') : formatTime(at, timeZone), formatReplicas(count)],
        }))}
      />
      {steps.length > FIRST_STEPS && (
        <Button variant="secondary" fill="text" size="sm" onClick={() => setIsWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole
            ? t('plan.less', 'Show fewer steps')
            : t('plan.more', 'Show all {{count}} steps', { count: steps.length })}
        </Button>
      )}
    </div>
  );
}
