import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HeadroomError } from '../errors/index.ts';
import { sendProblem } from './problem.ts';

const PLUGIN_ID = 'headroom-capacity-app';

export interface WorkbenchFolders {
  /** The built page: `workbench/dist`. */
  readonly page: string;
  /** The built plugin: `dist`. */
  readonly plugin: string;
}

/** Whether the page and the plugin have been built. */
export function isWorkbenchBuilt({ page, plugin }: WorkbenchFolders): boolean {
  return existsSync(join(page, 'index.html')) && existsSync(join(plugin, 'module.js'));
}

/** Serves the plugin outside Grafana: static files, and the page for every path that a browser asks for as HTML. */
export async function workbenchRoutes(app: FastifyInstance, folders: WorkbenchFolders): Promise<void> {
  const { page, plugin } = folders;
  await app.register(fastifyStatic, {
    root: page,
    prefix: '/workbench/',
    index: false,
    preCompressed: true,
    redirect: false,
    cacheControl: false,
    setHeaders: sayHowLongItHolds,
  });
  await app.register(fastifyStatic, {
    root: plugin,
    prefix: `/public/plugins/${PLUGIN_ID}/`,
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: sayHowLongItHolds,
  });
  await app.register(fastifyStatic, {
    root: join(page, 'public'),
    prefix: '/public/',
    index: false,
    decorateReply: false,
    maxAge: '1h',
  });
  const html = await readFile(join(page, 'index.html'), 'utf8');
  app.get('/*', (request, reply) => {
    const wantsHtml = request.headers.accept?.includes('text/html') === true;
    const isPage = wantsHtml && !/^\/(api|prometheus|public|workbench)\//.test(request.url);
    return isPage
      ? reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
      : sendProblem(new HeadroomError('API_ROUTE_NOT_FOUND', { path: request.url.split('?')[0] }), request, reply);
  });
}

/** A part whose name or address bears a hash of what is in it never changes; anything else is asked for again, and not sent where it is the same. */
function sayHowLongItHolds(reply: FastifyReply, path: string): void {
  const isHashed =
    /[/\\]chunks[/\\][^/\\]+-[0-9A-Z]{8}\.js(\.gz)?$/.test(path) || /[?&]_cache=[0-9a-f]{16,}$/.test(reply.request.url);
  void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
