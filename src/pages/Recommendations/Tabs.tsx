import React from 'react';
import { Tab, TabsBar } from '@grafana/ui';
import { auditUrl, recommendationsUrl } from '../../routes';
import { t } from '../../translations';

/** From what is recommended to what was made of it, and back. */
export function RecommendationTabs({ active }: { readonly active: 'recommendations' | 'audit' }) {
  return (
    <TabsBar>
      <Tab
        label={t('recommendations.tab', 'Recommendations')}
        active={active === 'recommendations'}
        href={recommendationsUrl()}
      />
      <Tab label={t('audit.tab', 'Audit')} active={active === 'audit'} href={auditUrl()} />
    </TabsBar>
  );
}
