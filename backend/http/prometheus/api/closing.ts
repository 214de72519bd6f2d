import type { FastifyReply } from 'fastify';

/** Aborted when the reader goes away before the answer is sent. */
export function closing(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) {
      abort.abort();
    }
  });
  return abort.signal;
}
