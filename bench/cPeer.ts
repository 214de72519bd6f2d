import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPeerProcess, type PeerProcess } from './peerProcess.ts';

/** Compiles a C program of this folder with `cc -O3 -march=native` and starts it; undefined where there is no compiler. */
export async function startCPeer(
  source: string,
  args: ReadonlyArray<number | string>
): Promise<PeerProcess | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'));
  const program = join(folder, 'peer');
  try {
    const compiled = spawnSync('cc', ['-O3', '-march=native', '-o', program, join(import.meta.dirname, source), '-lm']);
    return compiled.status === 0 ? await startPeerProcess(program, args) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
