import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Why tests with certificates skip here, or `false` where they don't. */
export function opensslMissing(): string | false {
  const paths = (process.env['PATH'] ?? '').split(delimiter);
  return !paths.some((path) => existsSync(join(path, 'openssl'))) && 'openssl not installed';
}

/** Writes `ca`, `server` (for 127.0.0.1) and `client` (of system:masters), each as `.crt` and `.key`, into a folder. */
export async function makeCertificates(directory: string): Promise<void> {
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: directory });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=exam-ca', '-days', '2');
  for (const [name, subject, extension] of [
    ['server', '/CN=127.0.0.1', 'subjectAltName=IP:127.0.0.1'],
    ['client', '/O=system:masters/CN=exam', 'extendedKeyUsage=clientAuth'],
  ] as const) {
    await writeFile(join(directory, `${name}.ext`), extension);
    await openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`];
    await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...signing);
  }
}
