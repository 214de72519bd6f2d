import React, { useState } from 'react';
import { Button, Dropdown, IconButton, LinkButton, Menu, Stack, type IconName } from '@grafana/ui';
import { alertRuleUrl } from '../../links/alertRuleUrl';
import { exploreUrl } from '../../links/exploreUrl';
import { forecastPanel } from '../../links/forecastPanel';
import { testIds } from '../../testIds';
import type { UrlTimeRange } from '../../timeRange/useUrlTimeRange';
import { t } from '../../translations';
import { CopyAsPanel } from './CopyAsPanel';
import type { UrlForecastRange } from './useForecastRange';

interface PanelLinksProps {
  readonly datasourceUid: string;
  readonly workload: string;
  readonly resource: string;
  readonly time: UrlTimeRange;
  readonly chosen: UrlForecastRange;
  /** Whether a probability of a shortfall is known, to alert on. */
  readonly canFallShort: boolean;
  /** One menu instead of a row of buttons. */
  readonly isNarrow: boolean;
}

interface Tool {
  readonly label: string;
  readonly icon: IconName;
  readonly testId: string;
  readonly href?: string;
  readonly onClick?: () => void;
}

/** From the forecast to Grafana's own tools, each with the question that the panel answers. */
export function PanelLinks({ isNarrow, ...question }: PanelLinksProps) {
  const { datasourceUid, workload, resource, time, chosen } = question;
  const [isCopying, setIsCopying] = useState(false);
  const tools: readonly Tool[] = [
    ...links(question),
    {
      label: t('workload.copyPanel', 'Copy as panel'),
      icon: 'copy',
      testId: testIds.workload.openCopyPanel,
      onClick: () => setIsCopying(true),
    },
  ];
  return (
    <>
      {isNarrow ? <ToolMenu tools={tools} resource={resource} /> : <ToolRow tools={tools} />}
      {isCopying && (
        <CopyAsPanel
          panel={forecastPanel(datasourceUid, {
            workload,
            resource,
            range: chosen.range,
            aggregate: chosen.aggregate,
            title: t('workload.chart.title', '{{resource}} of {{workload}}', { resource, workload }),
          })}
          timeRange={time.range}
          onClose={() => setIsCopying(false)}
        />
      )}
    </>
  );
}

const DAY_SECONDS = 86_400;

function links({
  datasourceUid,
  workload,
  resource,
  time,
  chosen,
  canFallShort,
}: Omit<PanelLinksProps, 'isNarrow'>): Tool[] {
  const alertRule: Tool = {
    label: t('workload.alertRule.create', 'New alert rule'),
    icon: 'bell',
    testId: testIds.workload.newAlertRule,
    href: alertRuleUrl(datasourceUid, {
      workload,
      name: t('workload.alertRule.name', 'Capacity shortfall of {{workload}} predicted within 24 hours', { workload }),
      summary: t('workload.alertRule.summary', '{{workload}} is predicted to fall short of capacity', { workload }),
      aheadSeconds: DAY_SECONDS,
    }),
  };
  const explore: Tool = {
    label: t('workload.explore', 'Open in Explore'),
    icon: 'compass',
    testId: testIds.workload.explore,
    href: exploreUrl(datasourceUid, {
      workload,
      resource,
      range: chosen.range,
      aggregate: chosen.aggregate,
      rawFrom: time.rawFrom,
      rawTo: time.rawTo,
    }),
  };
  return canFallShort && chosen.range === 'day' ? [alertRule, explore] : [explore];
}

function ToolRow({ tools }: { readonly tools: readonly Tool[] }) {
  return (
    <Stack direction="row" gap={0.5}>
      {tools.map(({ label, icon, testId, href, onClick }) => {
        const look = { variant: 'secondary', size: 'sm', fill: 'text', icon, 'data-testid': testId } as const;
        return href === undefined ? (
          <Button key={label} {...look} onClick={onClick}>
            {label}
          </Button>
        ) : (
          <LinkButton key={label} {...look} href={href}>
            {label}
          </LinkButton>
        );
      })}
    </Stack>
  );
}

function ToolMenu({ tools, resource }: { readonly tools: readonly Tool[]; readonly resource: string }) {
  return (
    <Dropdown
      placement="bottom-end"
      overlay={
        <Menu>
          {tools.map(({ label, icon, testId, href, onClick }) => (
            <Menu.Item key={label} label={label} icon={icon} testId={testId} url={href} onClick={onClick} />
          ))}
        </Menu>
      }
    >
      <IconButton
        name="ellipsis-v"
        size="lg"
        variant="secondary"
        tooltip={t('workload.tools', 'Use the forecast of {{resource}} elsewhere', { resource })}
        data-testid={testIds.workload.tools(resource)}
      />
    </Dropdown>
  );
}
