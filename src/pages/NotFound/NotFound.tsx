import React from 'react';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, LinkButton } from '@grafana/ui';
import { overviewUrl } from '../../routes';
import { testIds } from '../../testIds';
import { t } from '../../translations';

/** For addresses at which there is nothing, whoever opens them. */
export default function NotFound() {
  return (
    <PluginPage pageNav={{ text: t('notFound.title', 'Not found') }}>
      <div data-testid={testIds.notFound}>
        <EmptyState
          variant="not-found"
          message={t('notFound.message', 'There is no such page in Headroom')}
          button={<LinkButton href={overviewUrl()}>{t('notFound.overview', 'Open the overview')}</LinkButton>}
        />
      </div>
    </PluginPage>
  );
}
