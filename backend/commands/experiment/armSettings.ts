import { setImmediate } from 'node:timers/promises';
import { modelFloors, replayClock, type ArmSetting, type ReplayService } from '../../replay/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { namedForecasters } from '../forecasting/namedForecasters.ts';
import type { AskedArm } from './askedArm.ts';

export interface ArmMaterial {
  readonly trace: Series;
  readonly firstRow: number;
  readonly service: ReplayService;
  readonly artefacts: string | undefined;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onRow: (row: number) => void;
}

/** What an arm runs; that of a model is forecast here. Rejects as `namedForecasters` does. */
export async function armSetting(arm: AskedArm, material: ArmMaterial): Promise<ArmSetting> {
  const { policy, risk, targetUtilization, model } = arm;
  if (model !== undefined) {
    const { trace, firstRow, service, artefacts, seed, signal, onRow } = material;
    const { forecasters } = await namedForecasters([model], artefacts);
    const floors = await modelFloors(trace, replayClock(trace, firstRow, service), service, {
      ...{ forecaster: forecasters[0]!, risk: risk ?? service.risk, seed },
      onRow: async (row) => {
        onRow(row);
        await setImmediate();
        signal.throwIfAborted();
      },
    });
    return { policy: 'model', floors };
  }
  switch (policy) {
    case 'headroom':
    case 'headroom-floor-only':
      return risk === undefined ? { policy } : { policy, risk };
    case 'hpa':
      return targetUtilization === undefined ? { policy } : { policy, targetUtilization };
    default:
      return { policy };
  }
}
