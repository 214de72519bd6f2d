import { UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';

export type ScaleProps = Parameters<UPlotConfigBuilder['addScale']>[0];
type Range = (plot: uPlot, dataMin: number, dataMax: number, scaleKey: string) => uPlot.Range.MinMax;

/**
 * Grafana's scale with a soft maximum that is read as the plot scales: it may move with the data, and the plot need not
 * be built anew.
 */
export function movingScale(fixed: ScaleProps, getSoftMax: () => number | null | undefined): ScaleProps {
  let known: { readonly softMax: number | null | undefined; readonly range: Range } | undefined;
  return {
    ...fixed,
    range: (plot, dataMin, dataMax, scaleKey) => {
      const softMax = getSoftMax();
      if (known === undefined || known.softMax !== softMax) {
        known = { softMax, range: rangeOf({ ...fixed, softMax }) };
      }
      return known.range(plot, dataMin, dataMax, scaleKey);
    },
  };
}

function rangeOf(props: ScaleProps): Range {
  const builder = new UPlotConfigBuilder();
  builder.addScale(props);
  // Grafana 12.3 declares a map of scales as one.
  const scales = builder.scales[0]?.getConfig() as uPlot.Scales | undefined;
  return scales?.[props.scaleKey]?.range as Range;
}
