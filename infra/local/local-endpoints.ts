import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { general } from '../../shared/problems/general.ts';
import { writeJson, writeProblem } from './answer.ts';
import type { Host } from './host.ts';
import { readBody } from './read-body.ts';

const BODY_BYTES_MAX = 64 * 1024;
const QUIESCE_SECONDS = 60;
const QUIESCE_SECONDS_MAX = 600;

const clockBody = z.strictObject({ now: z.iso.datetime({ offset: true }) });
const quiesceQuery = z.object({
  timeoutSeconds: z.coerce.number().positive().max(QUIESCE_SECONDS_MAX).default(QUIESCE_SECONDS),
});
const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  type: z.string().min(1).optional(),
});

/**
 * What only this host has, under `/local`: the clock that can be set, waiting until everything is done, and a look at
 * events and at what failed. Answers false when the path is none of these.
 */
export async function handleLocal(
  host: Host,
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const { method } = incoming;
  const query = Object.fromEntries(url.searchParams);
  if (url.pathname === '/local/clock' && method === 'POST') await setClock(host, incoming, response);
  else if (url.pathname === '/local/clock' && method === 'GET')
    writeJson(response, 200, { now: host.clock.now().toISOString() });
  else if (url.pathname === '/local/quiesce' && method === 'POST') await quiesce(host, response, query);
  else if (url.pathname === '/local/events' && method === 'GET') listEvents(host, response, query);
  else if (url.pathname === '/local/dead-letters' && method === 'GET')
    writeJson(response, 200, { deadLetters: host.listDeadLetters() });
  else return false;
  return true;
}

async function setClock(host: Host, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { bytes } = await readBody(incoming, BODY_BYTES_MAX);
  const parsed = clockBody.safeParse(parseJson(bytes.toString()));
  if (!parsed.success) return refuse(response, 'Send {"now": "<ISO instant with Z or an offset>"}.');
  const target = new Date(parsed.data.now);
  const before = host.clock.now();
  if (target < before) return refuse(response, `It is ${before.toISOString()}; the clock moves forward only.`);
  const runs = await host.schedules.moveClock(target);
  writeJson(response, 200, { now: host.clock.now().toISOString(), schedulesRun: runs });
}

async function quiesce(host: Host, response: ServerResponse, query: Record<string, string>): Promise<void> {
  const parsed = quiesceQuery.safeParse(query);
  if (!parsed.success) return refuse(response, `timeoutSeconds is a number up to ${QUIESCE_SECONDS_MAX}.`);
  const isDrained = await host.quiesce(parsed.data.timeoutSeconds * 1000);
  writeJson(response, isDrained ? 200 : 503, { drained: isDrained, ...host.counts() });
}

function listEvents(host: Host, response: ServerResponse, query: Record<string, string>): void {
  const parsed = eventsQuery.safeParse(query);
  if (!parsed.success) refuse(response, 'after is a position, type the type of an event.');
  else writeJson(response, 200, { events: host.bus.list(parsed.data.after, parsed.data.type) });
}

function refuse(response: ServerResponse, detail: string): void {
  writeProblem(response, general.malformed.with({ detail, errors: [{ detail }] }), 'local');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
