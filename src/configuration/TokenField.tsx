import React from 'react';
import { Field, SecretInput } from '@grafana/ui';
import { testIds } from '../testIds';
import { t } from '../translations';
import type { TokenName } from './appSettings';
import type { TokenDraft } from './tokenDrafts';

interface TokenFieldProps {
  readonly name: TokenName;
  readonly draft: TokenDraft;
  readonly onChange: (draft: TokenDraft) => void;
}

/** One of the sidecar's tokens: what it is for, and whose clicks carry it. */
export function TokenField({ name, draft, onChange }: TokenFieldProps) {
  const { label, description } = tokenWords(name);
  return (
    <Field label={label} description={description}>
      <SecretInput
        id={`headroom-configuration-${name}`}
        data-testid={testIds.configuration.token(name)}
        autoComplete="new-password"
        isConfigured={draft.isStored}
        value={draft.text}
        onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        onReset={() => onChange({ text: '', isStored: false, isReset: true })}
      />
    </Field>
  );
}

function tokenWords(name: TokenName): { readonly label: string; readonly description: string } {
  switch (name) {
    case 'tokenRead':
      return {
        label: t('configuration.token.read', 'Token to read'),
        description: t(
          'configuration.token.readDescription',
          'HEADROOM_TOKEN_READ. The role Headroom Reader, which every Viewer has: sees forecasts, recommendations and the audit.'
        ),
      };
    case 'tokenPropose':
      return {
        label: t('configuration.token.propose', 'Token to propose'),
        description: t(
          'configuration.token.proposeDescription',
          'HEADROOM_TOKEN_PROPOSE. The role Headroom Planner, which every Editor has: sees the exact change, proposes plans, dismisses, snoozes, and pauses scaling.'
        ),
      };
    case 'tokenApprove':
      return {
        label: t('configuration.token.approve', 'Token to approve'),
        description: t(
          'configuration.token.approveDescription',
          'HEADROOM_TOKEN_APPROVE. The role Headroom Approver, which every Admin has: carries recommendations out and rolls them back.'
        ),
      };
    case 'tokenScale':
      return {
        label: t('configuration.token.scale', 'Token to scale'),
        description: t(
          'configuration.token.scaleDescription',
          'HEADROOM_TOKEN_SCALE. The role Headroom Operator, which every Admin has: chooses whether Headroom observes, asks or acts by itself, and resumes what is paused.'
        ),
      };
    case 'tokenAdmin':
      return {
        label: t('configuration.token.admin', 'Token to administer'),
        description: t(
          'configuration.token.adminDescription',
          'HEADROOM_TOKEN_ADMIN. The role Headroom Administrator, which every Admin has: adds, changes and deletes workloads, trains models, and chooses the model in charge.'
        ),
      };
  }
}
