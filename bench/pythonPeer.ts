import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startPeerProcess, type PeerProcess } from './peerProcess.ts';

const PYTHON = '/usr/bin/python3';

/** A Python program that does its work once each time it is asked, on one thread. */
export type PythonPeer = PeerProcess;

/** Starts a script of this folder and asks it once; undefined where Python or what the script imports is not installed. */
export async function startPythonPeer(
  script: string,
  args: ReadonlyArray<number | string>
): Promise<PythonPeer | undefined> {
  return existsSync(PYTHON) ? startPeerProcess(PYTHON, [join(import.meta.dirname, script), ...args]) : undefined;
}
