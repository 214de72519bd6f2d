import React from 'react';
import { Stack, Text } from '@grafana/ui';
import type { RequestsResponse } from '../../contract/requestViews.ts';
import { valueFormatter } from '../formatting/valueFormatter';
import { SimpleTable } from '../pages/SimpleTable';
import { spoken } from '../sentences/spoken';
import { t } from '../translations';

type Kind = 'cpu' | 'memory';

/** What one replica requests, what it should, and what keeps one of them as it is. */
export function RequestsTable({ requests: { advice, state } }: { readonly requests: RequestsResponse }) {
  const rows = (['cpu', 'memory'] as const).flatMap((kind) => {
    const advised = advice.find((each) => each.kind === kind);
    const standing = state?.setting[kind];
    if (advised === undefined && standing === undefined) {
      return [];
    }
    const format = valueFormatter(kind === 'cpu' ? 'cores' : 'bytes');
    const shown = valueFormatter(advised?.unit ?? '');
    return [
      {
        key: kind,
        cells: [
          nameOf(kind),
          state === null ? shown(advised?.offered) : format(standing),
          advised === undefined ? (
            t('requests.noAdvice', 'not known yet')
          ) : (
            <Stack key="advised" direction="column" gap={0}>
              <Text>{shown(advised.target)}</Text>
              <Text variant="bodySmall" color="secondary">
                {t('requests.bounds', 'fits from {{lower}} to {{upper}}', {
                  lower: shown(advised.lowerBound),
                  upper: shown(advised.upperBound),
                })}
              </Text>
            </Stack>
          ),
        ],
        note: leftText(state?.left[kind]) ?? (state?.isHeld === true ? heldText(format(state.original[kind])) : ''),
      },
    ];
  });
  const hasNotes = rows.some(({ note }) => note !== '');
  return (
    <SimpleTable
      caption={t('requests.caption', 'Of one replica')}
      columns={[
        '',
        state === null ? t('requests.offered', 'Declared') : t('requests.now', 'Requested now'),
        t('requests.advised', 'Advised'),
        ...(hasNotes ? [t('requests.note', 'Note')] : []),
      ]}
      rows={rows.map(({ key, cells, note }) => ({ key, cells: hasNotes ? [...cells, note] : cells }))}
    />
  );
}

function nameOf(kind: Kind): string {
  return kind === 'cpu' ? t('requests.cpu', 'CPU') : t('requests.memory', 'Memory');
}

/** Why a request is left alone; null where it is not. */
function leftText(left: string | undefined): string | null {
  return left === undefined ? null : spoken(left);
}

function heldText(original: string): string {
  return t('requests.held', 'set by Headroom; its owner had {{original}}', { original });
}
