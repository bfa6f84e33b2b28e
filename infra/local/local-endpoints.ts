import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { describeIssue, faultsIn } from '../../shared/http/faults.ts';
import { readJson } from '../../shared/http/json.ts';
import { general } from '../../shared/problems/general.ts';
import { writeJson } from './answer.ts';
import type { Host } from './host.ts';
import { refuseTooLarge } from './large-files.ts';
import { readBody } from './read-body.ts';
import { requireMethod } from './require-method.ts';

const BODY_BYTES_MAX = 64 * 1024;
const QUIESCE_SECONDS = 60;
const QUIESCE_SECONDS_MAX = 600;
/** Years that one call may move the clock by: more is a slip, and every schedule in between would have to run. */
const LEAP_YEARS_MAX = 100;

const clockBody = z.strictObject({
  now: z.iso.datetime({ offset: true, error: 'Send an instant with Z or an offset, such as 2026-03-02T01:30:00Z.' }),
});
const quiesceQuery = z.strictObject({
  timeoutSeconds: z.coerce.number().positive().max(QUIESCE_SECONDS_MAX).default(QUIESCE_SECONDS),
});
const eventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  type: z.string().min(1).optional(),
});

interface LocalCall {
  readonly host: Host;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: Readonly<Record<string, string>>;
}

type LocalEndpoint = (call: LocalCall) => Promise<void>;

const endpoints: Readonly<Record<string, Readonly<Partial<Record<'GET' | 'POST', LocalEndpoint>>>>> = {
  '/local/clock': { GET: tellClock, POST: setClock },
  '/local/quiesce': { POST: quiesce },
  '/local/events': { GET: listEvents },
  '/local/dead-letters': { GET: listDeadLetters },
};

/**
 * What only this host has, under `/local`: the clock that can be set, waiting until everything is done, and a look at
 * events and at what failed. Answers false when the path is none of these.
 *
 * @throws Problem when the method or what is sent does not fit.
 */
export async function handleLocal(
  host: Host,
  incoming: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const endpoint = Object.hasOwn(endpoints, url.pathname) ? endpoints[url.pathname] : undefined;
  if (!endpoint) return false;
  const method = requireMethod(incoming, Object.keys(endpoint));
  const handle = method === 'POST' ? endpoint.POST : endpoint.GET;
  await handle?.({ host, incoming, response, query: Object.fromEntries(url.searchParams) });
  return true;
}

async function tellClock({ host, response }: LocalCall): Promise<void> {
  writeJson(response, 200, { now: host.clock.now().toISOString() });
}

async function setClock({ host, incoming, response }: LocalCall): Promise<void> {
  const { bytes } = await readBody(incoming, BODY_BYTES_MAX);
  refuseTooLarge(bytes.length, BODY_BYTES_MAX);
  const target = new Date(check(clockBody, readJson(bytes.toString()), 'pointer').now);
  const before = host.clock.now();
  if (target < before) throw clockFault(`It is ${before.toISOString()}; the clock moves forward only.`);
  const latest = new Date(before);
  latest.setUTCFullYear(before.getUTCFullYear() + LEAP_YEARS_MAX);
  if (target > latest)
    throw clockFault(`It is ${before.toISOString()}; one call moves at most ${LEAP_YEARS_MAX} years.`);
  const runs = await host.schedules.moveClock(target);
  writeJson(response, 200, { now: host.clock.now().toISOString(), schedulesRun: runs });
}

async function quiesce({ host, response, query }: LocalCall): Promise<void> {
  const { timeoutSeconds } = check(quiesceQuery, query, 'parameter');
  const isDrained = await host.quiesce(timeoutSeconds * 1000);
  const heldUp = host.heldUpStreams();
  const status = isDrained ? 200 : 503;
  writeJson(response, status, { drained: isDrained, ...(heldUp.length > 0 && { heldUp }), ...host.counts() });
}

async function listEvents({ host, response, query }: LocalCall): Promise<void> {
  const { after, type } = check(eventsQuery, query, 'parameter');
  writeJson(response, 200, { events: host.bus.list(after, type) });
}

async function listDeadLetters({ host, response }: LocalCall): Promise<void> {
  writeJson(response, 200, { deadLetters: host.listDeadLetters() });
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: 'pointer' | 'parameter',
): z.output<Schema> {
  const result = schema.safeParse(value, { error: describeIssue });
  if (result.success) return result.data;
  const errors = faultsIn(result.error.issues, place);
  const detail = errors.map((fault) => `${fault.pointer ?? fault.parameter ?? ''}: ${fault.detail}`).join(' ');
  throw general.malformed.with({ detail, errors });
}

function clockFault(detail: string) {
  return general.malformed.with({ detail, errors: [{ pointer: '/now', detail }] });
}
