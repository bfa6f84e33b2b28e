import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayAuthorizerResult, APIGatewayProxyResult } from 'aws-lambda';
import { describeError, writeLog } from '../../shared/http/log.ts';
import { BODY_BYTES_MAX } from '../../shared/http/middleware/size-cap.ts';
import { general } from '../../shared/problems/general.ts';
import { Problem } from '../../shared/problems/problem.ts';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { requestIdOf, writeProblem, writeResult } from './answer.ts';
import { type Functions, FunctionTimeout } from './functions.ts';
import { type GatewayRequest, toAuthorizerEvent, toProxyEvent } from './gateway-event.ts';
import { LARGE_FILE_BYTES_MAX, passOn, refuseTooLarge } from './large-files.ts';
import { readBody } from './read-body.ts';
import { type FoundResource, RouteTable, type ServedRoute } from './routes.ts';

/** Seconds of a call behind a route, at most: the gateway's own limit. */
const ROUTE_SECONDS_MAX = 29;

/**
 * The gateway in front of the functions: finds the route, has the authorizer look at the token, hands over the event of
 * a REST API and writes what comes back. What the gateway refuses itself is a problem like any other.
 */
export class Gateway {
  private readonly routes: RouteTable;
  private readonly functions: Functions;
  private readonly now: () => Date;
  private closed = false;

  constructor(services: readonly ServiceDescription[], functions: Functions, now: () => Date) {
    this.routes = new RouteTable(services);
    this.functions = functions;
    this.now = now;
  }

  /** Takes no further calls; those that run go on. */
  close(): void {
    this.closed = true;
  }

  async handle(incoming: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const requestId = randomUUID();
    try {
      if (this.closed) throw general.unavailable.with({ detail: 'The system is being stopped.' });
      const found = this.findResource(url);
      if (incoming.method === 'OPTIONS') {
        const allow = methodsOf(found).join(', ');
        response.writeHead(204, { allow, 'x-request-id': requestIdOf(incoming, requestId) }).end();
        return;
      }
      const served = chooseRoute(found, incoming.method ?? '');
      const { rawHeaders } = incoming;
      const request = { incoming, rawHeaders, url, found, served, requestId, now: this.now() };
      const claims = served.route.access === 'PUBLIC' ? {} : await this.authorise(request);
      writeResult(response, await this.call(request, claims));
    } catch (error) {
      if (incoming.destroyed && !incoming.complete) return void response.destroy();
      const told = requestIdOf(incoming, requestId);
      writeProblem(response, toProblem(error, told), told);
    }
  }

  private findResource(url: URL): FoundResource {
    const found = this.routes.find(url.pathname);
    if (!found) throw general['unknown-route'].with({ detail: 'No operation is served at this path.' });
    return found;
  }

  private async authorise(request: GatewayRequest): Promise<Record<string, unknown>> {
    if (!request.incoming.headers.authorization) {
      throw general.unauthorised.with({ detail: 'The header Authorization is missing.' });
    }
    const event = toAuthorizerEvent(request);
    let result: APIGatewayAuthorizerResult;
    try {
      result = (await this.functions.invoke('access', 'authorizer', event)) as APIGatewayAuthorizerResult;
    } catch (error) {
      if (error instanceof Error && error.message === 'Unauthorized') {
        throw general.unauthorised.with({ detail: 'The access token is not valid here, or has expired.' });
      }
      throw error;
    }
    if (!result.policyDocument.Statement.some(({ Effect }) => Effect === 'Allow')) {
      throw general['role-not-allowed'].with({ detail: 'The token does not allow this call.' });
    }
    return { ...result.context, principalId: result.principalId };
  }

  private async call(request: GatewayRequest, claims: Record<string, unknown>): Promise<APIGatewayProxyResult> {
    const { incoming, served } = request;
    const opener = this.findOpener(served);
    const bytesMax = opener ? LARGE_FILE_BYTES_MAX : BODY_BYTES_MAX;
    refuseTooLarge(Number(incoming.headers['content-length'] ?? 0), bytesMax);
    const { bytes, isWhole } = await readBody(incoming, BODY_BYTES_MAX);
    if (isWhole) return this.invoke(request, bytes, claims);
    if (!opener) {
      refuseTooLarge(bytes.length, bytesMax);
      throw new Error('A body that is not whole is larger than the limit.');
    }
    const opened = await this.invoke(openingOf(request, opener), openingBody(incoming, bytes), claims);
    return passOn(opened, opener.route.path, bytes, incoming);
  }

  /** The operation through which a file too large for this route is taken. */
  private findOpener({ service, route }: ServedRoute): ServedRoute | undefined {
    const opener = service.routes?.find(({ operation }) => operation === route.largeFilesThrough);
    return opener && { service, route: opener };
  }

  private async invoke(request: GatewayRequest, body: Buffer, claims: object): Promise<APIGatewayProxyResult> {
    const { name, api } = request.served.service;
    const event = toProxyEvent(request, body, { ...claims });
    const settings = { timeoutSeconds: ROUTE_SECONDS_MAX, ...api };
    const result = (await this.functions.invoke(name, 'api', event, settings)) as APIGatewayProxyResult | undefined;
    if (typeof result?.statusCode !== 'number') throw new Error(`${name}/api answered no status code`);
    return result;
  }
}

/** The same caller's request for an upload, in place of the one whose file is too large. */
function openingOf(request: GatewayRequest, opener: ServedRoute): GatewayRequest {
  const url = new URL(opener.route.path, request.url);
  const found = { resource: opener.route.path, path: {}, routes: [] };
  return { ...request, rawHeaders: replaceContentType(request.rawHeaders), url, served: opener, found };
}

function replaceContentType(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!/^(content-type|content-length|transfer-encoding)$/i.test(name)) kept.push(name, value);
  }
  return [...kept, 'content-type', 'application/json'];
}

/** The name tells files apart: the same Idempotency-Key with another file is another request. */
function openingBody({ headers }: IncomingMessage, begin: Buffer): Buffer {
  const size = Number(headers['content-length'] ?? Number.NaN);
  return Buffer.from(
    JSON.stringify({
      fileName: `upload ${createHash('sha256').update(begin.subarray(0, BODY_BYTES_MAX)).digest('hex')}`,
      ...(Number.isInteger(size) && { size }),
    }),
  );
}

function chooseRoute(found: FoundResource, method: string): ServedRoute {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const served = found.routes.find(({ route }) => route.method === wanted);
  if (served) return served;
  const allowed = methodsOf(found);
  throw general['method-not-allowed'].with({ detail: `This path takes ${allowed.join(', ')}.`, allowed });
}

function methodsOf({ routes }: FoundResource): string[] {
  const methods = routes.map(({ route }) => route.method);
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FunctionTimeout) {
    return general.unavailable.with({ detail: 'The request took longer than it may. It may have been carried out.' });
  }
  writeLog({ level: 'ERROR', message: 'a function failed', requestId, error: describeError(error) });
  return general['internal-error'].with({ detail: 'Something went wrong on our side.' });
}
