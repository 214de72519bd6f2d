import React, { useState } from 'react';
import { ConfirmModal, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import type { ScalingResponse } from '../../contract/acting.ts';
import type { Mode } from '../../contract/api.ts';
import { modeMeaning, modeName } from '../indicators/modeName';
import { setMode } from '../sidecar/consent';
import { isAllowed } from '../sidecar/isAllowed';
import { PERMISSIONS } from '../sidecar/permissions';
import { useClick } from '../sidecar/useClick';
import { testIds } from '../testIds';
import { t } from '../translations';
import { ClickFailure } from './ClickFailure';
import { missingPermission } from './missingPermission';

interface ModeSwitchProps {
  readonly scaling: ScalingResponse;
  readonly onChanged: () => void;
}

const MODES: readonly Mode[] = ['observe', 'approve', 'auto'];

/** How far Headroom may go with a workload; what takes a person out, or gives back what is held, is asked twice. */
export function ModeSwitch({ scaling, onChanged }: ModeSwitchProps) {
  const { workload, mode, isModeLocked, state } = scaling;
  const [asked, setAsked] = useState<Mode | null>(null);
  const { click, press } = useClick((to: Mode) => setMode(workload, to), onChanged);
  const why = !isAllowed(PERMISSIONS.scale)
    ? missingPermission(PERMISSIONS.scale)
    : isModeLocked
      ? t('mode.locked', 'The workloads file locks the mode of this workload.')
      : null;
  const choose = (to: Mode) => {
    if (to === mode) {
      return;
    }
    if (to === 'auto' || (to === 'observe' && state?.isHeld === true)) {
      setAsked(to);
    } else {
      press(to);
    }
  };
  return (
    <Stack direction="column" gap={1}>
      <RadioButtonGroup<Mode>
        aria-label={t('overview.column.mode', 'Mode')}
        data-testid={testIds.acting.mode}
        options={MODES.map((value) => ({ value, label: modeName(value), description: modeMeaning(value) }))}
        value={mode}
        disabled={why !== null || click.kind === 'running'}
        onChange={choose}
      />
      <Text color="secondary">{modeMeaning(mode)}</Text>
      {why !== null && <Text color="secondary">{why}</Text>}
      <ClickFailure click={click} />
      {asked !== null && (
        <ConfirmModal
          isOpen
          title={
            asked === 'auto'
              ? t('mode.autoTitle', 'Let Headroom act by itself on {{workload}}?', { workload })
              : t('mode.observeTitle', 'Only observe {{workload}}?', { workload })
          }
          body={
            asked === 'auto'
              ? t(
                  'mode.autoBody',
                  'From the next look on it sets the floor by the forecast, without asking anybody, within the guardrails of the workloads file. Every change is in the audit, and you can pause it or roll it back.'
                )
              : t(
                  'mode.observeBody',
                  'What Headroom holds goes back to its owner at the next look, and nothing is changed from then on.'
                )
          }
          confirmText={
            asked === 'auto' ? t('mode.autoConfirm', 'Act by itself') : t('mode.observeConfirm', 'Only observe')
          }
          confirmVariant={asked === 'auto' ? 'destructive' : 'primary'}
          dismissText={t('mode.cancel', 'Cancel')}
          onConfirm={() => {
            press(asked);
            setAsked(null);
          }}
          onDismiss={() => setAsked(null)}
        />
      )}
    </Stack>
  );
}
