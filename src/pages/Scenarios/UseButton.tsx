import React from 'react';
import { Text } from '@grafana/ui';
import { ActionButton } from '../../acting/ActionButton';
import { missingPermission } from '../../acting/missingPermission';
import { isAllowed } from '../../sidecar/isAllowed';
import { PERMISSIONS } from '../../sidecar/permissions';
import { t } from '../../translations';

interface UseButtonProps {
  readonly workload: string;
  readonly isUsed: boolean;
  /** Whether the scenario is kept as it is shown. */
  readonly isKept: boolean;
  readonly isRunning: boolean;
  readonly onClick: () => void;
}

/** The click by which a workload uses a scenario, or no longer; who may not press it reads why. */
export function UseButton({ workload, isUsed, isKept, isRunning, onClick }: UseButtonProps) {
  const isMissing = !isAllowed(PERMISSIONS.admin);
  return (
    <>
      <div>
        <ActionButton
          permission={PERMISSIONS.admin}
          blocked={blockOf({ isUsed, isKept, isRunning })}
          variant="secondary"
          size="sm"
          icon={isRunning ? 'fa fa-spinner' : undefined}
          onClick={onClick}
        >
          {isUsed
            ? t('scenarios.use.stop', 'No longer use for {{workload}}', { workload })
            : t('scenarios.use.start', 'Use for {{workload}}', { workload })}
        </ActionButton>
      </div>
      {isMissing && (
        <Text variant="bodySmall" color="secondary">
          {missingPermission(PERMISSIONS.admin)}
        </Text>
      )}
    </>
  );
}

function blockOf({ isUsed, isKept, isRunning }: Pick<UseButtonProps, 'isUsed' | 'isKept' | 'isRunning'>) {
  if (isRunning) {
    return t('scenarios.use.running', 'The next forecast is being made');
  }
  return isUsed || isKept ? null : t('scenarios.use.saveFirst', 'Save it first: a workload uses what is kept.');
}
