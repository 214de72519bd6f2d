import React from 'react';
import { Text } from '@grafana/ui';
import type { ModelRoles } from '../../../contract/models.ts';
import { formatTime } from '../../formatting/formatTime';
import { spoken } from '../../sentences/spoken';
import { testIds } from '../../testIds';
import { t } from '../../translations';
import { Section } from '../Section';
import { SimpleTable } from '../SimpleTable';
import type { LearntRole } from './learntRoles';
import { versionName } from './versionName';

type Event = ModelRoles['history'][number];

const MOST = 30;

/** Who came and went among the versions, when, by whom and why; the newest first. */
export function HistorySection({
  learnt,
  timeZone,
}: {
  readonly learnt: readonly LearntRole[];
  readonly timeZone: string;
}) {
  const events = learnt
    .flatMap(({ name, roles }) => (roles?.history ?? []).map((event) => ({ name, ...event })))
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
  return (
    <Section title={t('models.history.title', 'What happened')} testId={testIds.models.history}>
      {events.length === 0 ? (
        <Text color="secondary">
          {t('models.history.none', 'No version has come or gone: what ships is in charge.')}
        </Text>
      ) : (
        <SimpleTable
          caption={t('models.history.caption', 'Newest first')}
          isCaptionHidden
          columns={[
            t('models.history.when', 'When'),
            t('models.history.what', 'What'),
            t('models.history.version', 'Version'),
            t('models.history.by', 'By'),
            t('models.history.why', 'Why'),
          ]}
          rows={events.map((event, index) => ({
            key: String(index),
            cells: [
              formatTime(event.at, timeZone),
              eventName(event.what),
              `${event.name} ${versionName(event)}`,
              event.by,
              spoken(event.why),
            ],
          }))}
        />
      )}
    </Section>
  );
}

function eventName(what: Event['what']): string {
  switch (what) {
    case 'entered':
      return t('models.history.entered', 'On trial');
    case 'promoted':
      return t('models.history.promoted', 'Promoted');
    case 'rolledBack':
      return t('models.history.rolledBack', 'Rolled back');
    case 'retired':
      return t('models.history.retired', 'Left');
    case 'benched':
      return t('models.history.benched', 'Benched');
  }
}
