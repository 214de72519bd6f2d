import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const RSCRIPT = '/usr/bin/Rscript';

/** An R program that forecasts once each time it is asked. */
export interface RPeer {
  /** CPU seconds of one forecast, or undefined once the program has ended. */
  seconds(): Promise<number | undefined>;
  stop(): void;
}

/** Starts `forecast.R` for a model (`stlf`, `auto.arima`, `prophet`); undefined where R or its package are not installed. */
export async function startRPeer(model: string, args: readonly number[]): Promise<RPeer | undefined> {
  if (!existsSync(RSCRIPT)) {
    return undefined;
  }
  const child = spawn(RSCRIPT, [join(import.meta.dirname, 'forecast.R'), model, ...args.map(String)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const peer: RPeer = {
    async seconds() {
      child.stdin.write('\n');
      const line = await Promise.race([lines.next(), ended]);
      return line === undefined || line.done === true ? undefined : Number(line.value);
    },
    stop: () => child.kill(),
  };
  return (await peer.seconds()) === undefined ? undefined : peer;
}
