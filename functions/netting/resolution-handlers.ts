import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { CurrencyCode } from '../../shared/money/currency.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { queueContract } from './contract-queue.ts';
import { listLines } from './resolutions/list-lines.ts';
import { presentLine, presentResolution, presentSimulated } from './resolutions/present-resolution.ts';
import { simulateResolution as simulate } from './resolutions/simulate-resolution.ts';
import { findResolution, startResolution } from './resolutions/start-resolution.ts';
import { defaultStore } from './store.ts';
import { nettingTools } from './tools.ts';

type Handler<Name extends keyof typeof queueContract> = OperationHandler<(typeof queueContract)[Name]>;

const resolveQueue: Handler<'resolveQueue'> = async (request) => {
  const { actor, path, body } = request;
  const store = defaultStore();
  const claim = await claimOf({ store }, 'resolveQueue', 'qrs', request);
  const which = { tenant: actor.tenant, ...path };
  return { body: presentResolution(await startResolution(store, which, body.currency as CurrencyCode, claim)) };
};

const simulateResolution: Handler<'simulateResolution'> = async ({ actor: { tenant }, path, body, now }) => {
  const currency = body.currency as CurrencyCode;
  const simulated = await simulate(nettingTools(), { tenant, ...path }, currency, now);
  return { body: presentSimulated({ tenant, ...path, currency }, simulated) };
};

const getResolution: Handler<'getResolution'> = async ({ actor: { tenant }, path }) => {
  return { body: presentResolution(await findResolution(defaultStore(), { tenant, ...path })) };
};

const listResolvedPayments: Handler<'listResolvedPayments'> = async ({ actor: { tenant }, path, query }) => {
  const { outcome, limit, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'listResolvedPayments', tenant, filters: { ...path, ...defined({ outcome }) } };
  const { list = '0', block = '0', skip = '0' } = cursor === undefined ? {} : decodeCursor(scope, cursor);
  const resolution = await findResolution(store, { tenant, ...path });
  const from = { list: Number(list), block: Number(block), skip: Number(skip) };
  const { lines, next } = await listLines(store, resolution, outcome, from, limit);
  const position = next && { list: `${next.list}`, block: `${next.block}`, skip: `${next.skip}` };
  const nextCursor = position && encodeCursor(scope, position);
  return { body: { payments: lines.map((line) => presentLine(resolution, line)), ...defined({ nextCursor }) } };
};

export const resolutionHandlers = { resolveQueue, simulateResolution, getResolution, listResolvedPayments };
