import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { acceptCollection } from './batches/accept-collection.ts';
import type { Batch } from './batches/batch.ts';
import { cancelWaiting } from './batches/cancel-waiting.ts';
import { findCollection } from './batches/find-batch.ts';
import { listBatches } from './batches/list-batches.ts';
import { presentCollection, presentCollectionHead } from './batches/present-batch.ts';
import type { collectionContract } from './contract-collections.ts';
import { defaultStore } from './store.ts';
import { collectionTools } from './tools.ts';

type Handler<Name extends keyof typeof collectionContract> = OperationHandler<(typeof collectionContract)[Name]>;

const createCollection: Handler<'createCollection'> = async (request) => {
  const { actor, body, fingerprint, idempotencyKey: key, now } = request;
  const { collection, ...rest } = body;
  const asked = { ...rest, fingerprint, key };
  const batch = await acceptCollection(collectionTools(), actor.tenant, asked, collection, causeOf(actor), now);
  return { body: await wholeCollection(batch) };
};

const listCollections: Handler<'listCollections'> = async ({ actor: { tenant }, query: { limit, cursor } }) => {
  const scope = { operation: 'listCollections', tenant };
  const before = cursor === undefined ? undefined : decodeCursor(scope, cursor).before;
  const { batches, next } = await listBatches(defaultStore(), tenant, 'COLLECTIONS', { before, limit });
  return {
    body: {
      collections: batches.map(({ batch, state }) => ({ ...presentCollectionHead(batch), state })),
      ...(next !== undefined && { nextCursor: encodeCursor(scope, { before: next }) }),
    },
  };
};

const getCollection: Handler<'getCollection'> = async ({ actor: { tenant }, path: { collectionId } }) => {
  return { body: await wholeCollection(await findCollection(defaultStore(), tenant, collectionId)) };
};

async function wholeCollection(batch: Batch) {
  const store = defaultStore();
  const items = (await store.readBlocks(batch)).flatMap((block) => block.items);
  const mandates = await store.readMandates(
    batch.tenant,
    items.map(({ mandateId }) => mandateId),
  );
  return presentCollection(batch, items, mandates);
}

const cancelCollection: Handler<'cancelCollection'> = async ({ actor: { tenant }, path: { collectionId }, now }) => {
  const batch = await findCollection(defaultStore(), tenant, collectionId);
  await cancelWaiting(collectionTools(), batch, now);
  return { body: await wholeCollection(batch) };
};

export const collectionHandlers = { createCollection, listCollections, getCollection, cancelCollection };
