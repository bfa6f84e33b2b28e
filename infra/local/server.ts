import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { describeError, writeLog } from '../../shared/http/log.ts';
import { defineProblems, Problem } from '../../shared/problems/problem.ts';
import { MINUTE_MS } from '../../shared/time/durations.ts';
import { requestIdOf, writeJson, writeProblem, writeResult } from './answer.ts';
import type { Gateway } from './gateway.ts';
import type { Host } from './host.ts';
import type { Issuer } from './issuer.ts';
import { refuseTooLarge } from './large-files.ts';
import { handleLocal } from './local-endpoints.ts';
import { readBody } from './read-body.ts';
import { requireMethod } from './require-method.ts';

/** Where functions and uploaders reach what the cloud has at addresses of its own. */
export const storePath = '/local/s3/';
export const busPath = '/local/bus/';

const FORM_BYTES_MAX = 16 * 1024;
const BUS_BYTES_MAX = 2 * 1024 * 1024;
/** Longer than any function behind a route may take, so that the function's own limit answers first. */
const REQUEST_MS_MAX = 15 * MINUTE_MS;

const problems = defineProblems('local', {
  'web-page': {
    status: 403,
    title: 'Web pages may not ask for this',
    mend: 'Send the request from a program, such as curl, without the header Origin.',
  },
});

export interface Served {
  readonly host: Host;
  readonly gateway: Gateway;
  readonly issuer: Issuer;
}

/** The port is taken. Its message is for the one who starts the system. */
export class PortInUse extends Error {}

/**
 * Listens on 127.0.0.1 and on no other address. What is served comes later, by the callback: the address has to be known
 * before what depends on it can be made.
 *
 * @throws PortInUse
 */
export function listen(port: number, served: () => Served | undefined): Promise<Server> {
  const server = createServer((incoming, response) => {
    const parts = served();
    if (!parts) writeJson(response, 503, { status: 'starting' }, { 'retry-after': '1' });
    else answer(parts, incoming, response).catch((error: unknown) => refuse(incoming, response, error));
  });
  server.requestTimeout = REQUEST_MS_MAX;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = `Port ${port} is in use. Choose another one: PORT=3001 npm start`;
      reject(error.code === 'EADDRINUSE' ? new PortInUse(message) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function answer(served: Served, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host, gateway, issuer } = served;
  const url = urlOf(incoming);
  if (url.pathname.startsWith('/local/')) refuseWebPages(incoming);
  if (url.pathname.startsWith(storePath)) {
    await host.objects.handle(incoming, response, url.pathname.slice(storePath.length), url.searchParams);
  } else if (url.pathname.startsWith(busPath)) {
    requireMethod(incoming, ['POST']);
    await answerBus(host, incoming, response);
  } else if (url.pathname === '/oauth2/token') {
    requireMethod(incoming, ['POST']);
    await answerTokenRequest(issuer, incoming, response);
  } else if (url.pathname === '/.well-known/jwks.json') {
    requireMethod(incoming, ['GET']);
    writeJson(response, 200, issuer.keySet());
  } else if (url.pathname === '/.well-known/openid-configuration') {
    requireMethod(incoming, ['GET']);
    writeJson(response, 200, issuer.configuration());
  } else if (!(await handleLocal(host, incoming, response, url))) {
    await gateway.handle(incoming, response, url);
  }
}

/** The target as a path, or as a whole address (RFC 9112 section 3.2.2), whose host is of no interest here. */
function urlOf({ url: target = '/' }: IncomingMessage): URL {
  const [, path = '/'] = /^(?:https?:\/\/[^/?#]*)?([/?].*)?$/i.exec(target) ?? [];
  return new URL(`http://127.0.0.1${path}`);
}

/** A browser names the page that asks; any page could otherwise move the clock of whoever reads it. */
function refuseWebPages({ headers }: IncomingMessage): void {
  if (headers.origin === undefined) return;
  const detail = 'What is under /local is for programs on this machine: requests with the header Origin are refused.';
  throw problems['web-page'].with({ detail, errors: [{ header: 'Origin', detail }] });
}

async function answerBus(host: Host, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bytes } = await readBody(incoming, BUS_BYTES_MAX);
  refuseTooLarge(bytes.length, BUS_BYTES_MAX);
  const target = incoming.headers['x-amz-target'];
  const { status, body } = host.bus.handle(target?.toString(), bytes.toString());
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  writeResult(response, { statusCode: status, headers, body: JSON.stringify(body) });
}

async function answerTokenRequest(issuer: Issuer, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bytes } = await readBody(incoming, FORM_BYTES_MAX);
  refuseTooLarge(bytes.length, FORM_BYTES_MAX);
  const { authorization, 'content-type': contentType } = incoming.headers;
  const form = new URLSearchParams(bytes.toString());
  const { status, body, headers } = await issuer.answerTokenRequest({ authorization, contentType, form });
  writeJson(response, status, body, headers);
}

function refuse(incoming: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (error instanceof Problem && !response.headersSent) writeProblem(response, error, requestIdOf(incoming));
  else failHard(response, error);
}

function failHard(response: ServerResponse, error: unknown): void {
  if (!response.destroyed && !response.writableEnded) {
    writeLog({ level: 'ERROR', message: 'request not answered', error: describeError(error) });
  }
  if (response.headersSent) response.destroy();
  else writeJson(response, 500, { status: 500 });
}
