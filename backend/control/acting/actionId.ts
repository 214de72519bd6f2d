import { createHash } from 'node:crypto';

/** The same of the same: who asks twice acts once. */
export function actionId(kind: string, subject: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, subject, key]))
    .digest('hex')
    .slice(0, 24);
}
