import { PluginExtensionPoints } from '@grafana/data';
import { usePluginLinks } from '@grafana/runtime';
import { Alert, LinkButton, Stack, Text } from '@grafana/ui';
import React from 'react';
import { useLocation } from 'react-router';
import { Page } from '../shell/Page.tsx';

interface RuleDraft {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly expression: string;
}

/** Grafana's form of a new rule, as far as links go: what it is filled in with, and the actions that apps add to a rule. */
export function AlertRule() {
  const rule = draftOf(useLocation().search);
  const { links } = usePluginLinks({
    extensionPointId: PluginExtensionPoints.AlertingAlertingRuleAction,
    context: { ...rule, namespace: 'workbench', group: 'workbench', annotations: {} },
  });
  return (
    <Page
      pageNav={{ text: rule.name }}
      actions={links.map(({ id, title, path, icon }) => (
        <LinkButton key={id} variant="secondary" href={path} icon={icon}>
          {title}
        </LinkButton>
      ))}
    >
      <Stack direction="column" gap={2}>
        <Alert severity="info" title="This is the workbench">
          There is no Grafana behind this page that could keep an alert rule.
        </Alert>
        <Text variant="code">{rule.expression}</Text>
        <Text color="secondary">
          {Object.entries(rule.labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(', ')}
        </Text>
      </Stack>
    </Page>
  );
}

function draftOf(search: string): RuleDraft {
  try {
    const { name, labels, queries } = JSON.parse(new URLSearchParams(search).get('defaults') ?? '') as {
      readonly name: string;
      readonly labels: ReadonlyArray<{ readonly key: string; readonly value: string }>;
      readonly queries: ReadonlyArray<{ readonly model: { readonly expr?: string } }>;
    };
    return {
      name,
      labels: Object.fromEntries(labels.map(({ key, value }) => [key, value])),
      expression: queries[0]?.model.expr ?? '',
    };
  } catch {
    return { name: 'New alert rule', labels: {}, expression: '' };
  }
}
