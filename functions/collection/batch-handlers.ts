import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { fingerprintOf } from '../../shared/http/fingerprint.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { acceptBatch } from './batches/accept-batch.ts';
import { cancelWaiting } from './batches/cancel-waiting.ts';
import { findBatch } from './batches/find-batch.ts';
import { batchesByNumber, listBatches } from './batches/list-batches.ts';
import { pageItems } from './batches/page-items.ts';
import * as present from './batches/present-batch.ts';
import { readFileLines } from './batches/read-file-lines.ts';
import { readJsonLines } from './batches/read-line.ts';
import type { batchContract } from './contract-batches.ts';
import { defaultStore } from './store.ts';
import { collectionTools } from './tools.ts';

type Handler<Name extends keyof typeof batchContract> = OperationHandler<(typeof batchContract)[Name]>;

/** No key is asked for: the number of the batch is one, and this is what it is checked against. */
function fingerprintOfBatch(query: Readonly<Record<string, unknown>>, body: unknown): string {
  return fingerprintOf({ method: 'POST', path: '/v1/collection-batches', query, body });
}

const createBatch: Handler<'createCollectionBatch'> = async ({ actor, body, now }) => {
  const { lines, ...request } = body;
  const asked = { ...request, fingerprint: fingerprintOfBatch({}, body) };
  const read = () => readJsonLines(lines);
  const batch = await acceptBatch(collectionTools(), actor.tenant, asked, read, causeOf(actor), now);
  return { body: present.presentBatchHead(batch) };
};

const createBatchFromFile: Handler<'createCollectionBatchFromFile'> = async ({ actor, query, file, now }) => {
  const { charset, ...request } = query;
  const bytes = file ?? new Uint8Array();
  const asked = { ...request, fingerprint: fingerprintOfBatch(defined(query), bytes) };
  const read = (currency: string) => readFileLines(bytes, { charset, currency });
  const batch = await acceptBatch(collectionTools(), actor.tenant, asked, read, causeOf(actor), now);
  return { body: present.presentBatchHead(batch) };
};

const listed: Handler<'listCollectionBatches'> = async ({ actor: { tenant }, query: { number, limit, cursor } }) => {
  const scope = { operation: 'listCollectionBatches', tenant, filters: defined({ number }) };
  const before = cursor === undefined ? undefined : decodeCursor(scope, cursor).before;
  const store = defaultStore();
  const { batches, next } =
    number === undefined
      ? await listBatches(store, tenant, 'BATCHES', { before, limit })
      : await batchesByNumber(store, tenant, number);
  return {
    body: {
      batches: batches.map(({ batch, state }) => ({ ...present.presentBatchHead(batch), state })),
      ...(next !== undefined && { nextCursor: encodeCursor(scope, { before: next }) }),
    },
  };
};

const getBatch: Handler<'getCollectionBatch'> = async ({ actor: { tenant }, path: { batchId } }) => {
  return { body: await wholeBatch(tenant, batchId) };
};

async function wholeBatch(tenant: string, batchId: string) {
  const store = defaultStore();
  const batch = await findBatch(store, tenant, batchId);
  return present.presentBatch(
    batch,
    (await store.readBlocks(batch)).flatMap(({ items }) => items),
  );
}

const listItems: Handler<'listCollectionItems'> = async ({ actor: { tenant }, path: { batchId }, query }) => {
  const { state, contradicted, limit, cursor } = query;
  const scope = { operation: 'listCollectionItems', tenant, filters: { batchId, ...defined({ state, contradicted }) } };
  const from = cursor === undefined ? 0 : Number(decodeCursor(scope, cursor).from);
  const store = defaultStore();
  const batch = await findBatch(store, tenant, batchId);
  const { items, next } = await pageItems(store, batch, from, limit, { state, contradicted: contradicted === 'true' });
  const mandates = await store.readMandates(
    tenant,
    items.map(({ mandateId }) => mandateId),
  );
  const more = next === undefined ? {} : { nextCursor: encodeCursor(scope, { from: String(next) }) };
  return { body: { items: present.presentItems(items, mandates), ...more } };
};

const listRefused: Handler<'listRefusedLines'> = async ({ actor: { tenant }, path: { batchId }, query }) => {
  const scope = { operation: 'listRefusedLines', tenant, filters: { batchId } };
  const from = query.cursor === undefined ? 0 : Number(decodeCursor(scope, query.cursor).from);
  const store = defaultStore();
  await findBatch(store, tenant, batchId);
  const lines = await store.readRefusals(tenant, batchId);
  const to = from + query.limit;
  const more = to < lines.length ? { nextCursor: encodeCursor(scope, { from: String(to) }) } : {};
  return { body: { lines: lines.slice(from, to), ...more } };
};

const cancelBatch: Handler<'cancelCollectionBatch'> = async ({ actor: { tenant }, path: { batchId }, now }) => {
  const batch = await findBatch(defaultStore(), tenant, batchId);
  await cancelWaiting(collectionTools(), batch, now);
  return { body: await wholeBatch(tenant, batchId) };
};

export const batchHandlers = {
  createCollectionBatch: createBatch,
  createCollectionBatchFromFile: createBatchFromFile,
  listCollectionBatches: listed,
  getCollectionBatch: getBatch,
  listCollectionItems: listItems,
  listRefusedLines: listRefused,
  cancelCollectionBatch: cancelBatch,
};
