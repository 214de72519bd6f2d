import type { ErrorEntry } from '../errorEntry.ts';

export const configErrors = {
  CONFIG_FILE_UNREADABLE: {
    status: 400,
    message: '{file}: cannot be read: {reason}',
    action: 'Check the path and its permissions',
  },
  CONFIG_INVALID: {
    status: 400,
    message: '{file}:{line}:{column}: {problem}',
    action: 'Correct it; `npx headroom check-config {file}` shows every fault',
  },
  CONFIG_FAULTS: {
    status: 400,
    message: '{file}: {count} faults',
    action: 'Correct them and check again',
  },
  CONFIG_ENVIRONMENT_INVALID: {
    status: 400,
    message: 'Environment variable {name} is not valid: {problem}',
    action: 'Correct or unset it',
  },
  CONFIG_LISTEN_UNSAFE: {
    status: 400,
    message: 'Without a token Headroom listens on loopback only, not on {listen}',
    action: 'Set HEADROOM_TOKEN, or listen on 127.0.0.1',
  },
  PORT_TAKEN: {
    status: 400,
    message: 'Port {port} on {host} is taken',
    action: 'Stop what uses it or set HEADROOM_LISTEN to another address',
  },
  LISTEN_FAILED: {
    status: 400,
    message: 'Cannot listen on {host}:{port}: {reason}',
    action: 'Set HEADROOM_LISTEN to an address of this machine and a port that you may use',
  },
  DATA_DIRECTORY_UNWRITABLE: {
    status: 400,
    message: '{directory}: cannot be written: {reason}',
    action: 'Set HEADROOM_DATA_DIR to a folder that can be written',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
