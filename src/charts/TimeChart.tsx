import React, { type ComponentProps, type ReactNode } from 'react';
import { DashboardCursorSync, type EventBus } from '@grafana/data';
import { EventBusPlugin, KeyboardPlugin, TooltipPlugin2, UPlotChart, type UPlotConfigBuilder } from '@grafana/ui';
import type { AlignedData } from 'uplot';

/** How a chart shares its cursor with others. */
export interface ChartSync {
  readonly mode: DashboardCursorSync;
  /** Charts of one scope move together. */
  readonly scope: string;
  readonly eventBus?: EventBus;
}

export interface TimeChartProps {
  readonly config: UPlotConfigBuilder;
  readonly data: AlignedData;
  readonly width: number;
  readonly height: number;
  readonly sync?: ChartSync;
  readonly tooltipMaxWidth?: number;
  /** At most what stands under the cursor; `indices` is by series, 0 being time. */
  readonly renderTooltip?: (indices: ReadonlyArray<number | null>, isPinned: boolean) => ReactNode;
  readonly onZoom?: (range: { readonly from: number; readonly to: number }) => void;
}

type HoverMode = ComponentProps<typeof TooltipPlugin2>['hoverMode'];

/** `TooltipHoverMode.xAll`, which `@grafana/ui` declares but does not export. */
const HOVER_ALL = 1 as HoverMode;

/** Grafana's plot with its tooltip, its shared cursor and its keyboard. */
export function TimeChart({
  config,
  data,
  width,
  height,
  sync,
  tooltipMaxWidth,
  renderTooltip,
  onZoom,
}: TimeChartProps) {
  const mode = sync?.mode ?? DashboardCursorSync.Off;
  return (
    <UPlotChart config={config} data={data} width={width} height={height}>
      <KeyboardPlugin config={config} />
      {sync?.eventBus !== undefined && mode !== DashboardCursorSync.Off && (
        <EventBusPlugin config={config} eventBus={sync.eventBus} />
      )}
      {renderTooltip !== undefined && (
        <TooltipPlugin2
          config={config}
          hoverMode={HOVER_ALL}
          syncMode={mode}
          syncScope={sync?.scope}
          queryZoom={onZoom}
          maxWidth={tooltipMaxWidth}
          render={(_plot, indices, _series, isPinned) => renderTooltip(indices, isPinned)}
        />
      )}
    </UPlotChart>
  );
}
