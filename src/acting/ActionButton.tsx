import React from 'react';
import { Button, type ButtonVariant, type ComponentSize, type IconName } from '@grafana/ui';
import { isAllowed } from '../sidecar/isAllowed';
import type { Permission } from '../sidecar/permissions';
import { missingPermission } from './missingPermission';

interface ActionButtonProps {
  readonly permission: Permission;
  /** Why it cannot be pressed now, whoever presses it; null where it can. */
  readonly blocked?: string | null;
  readonly variant?: ButtonVariant;
  readonly fill?: 'solid' | 'outline' | 'text';
  readonly size?: ComponentSize;
  readonly icon?: IconName;
  readonly testId?: string;
  /** A name that says more than the text does. */
  readonly label?: string;
  readonly onClick?: () => void;
  readonly children: string;
}

/** A button that changes something: where it cannot be pressed it stays in reach and says why. */
export function ActionButton(props: ActionButtonProps) {
  const { permission, blocked = null, testId, label, children, onClick, ...look } = props;
  const why = isAllowed(permission) ? blocked : missingPermission(permission);
  return (
    <Button
      {...look}
      type="button"
      disabled={why !== null}
      tooltip={why ?? undefined}
      data-testid={testId}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
