import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id, page } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './batches/batch-examples.ts';
import * as shapes from './batches/batch-shapes.ts';
import { problems } from './problems.ts';

const path = z.strictObject({ collectionId: id('col') });

export const collectionContract = {
  createCollection: {
    description: 'Accepted, it is collected at once, or on its due date.',
    body: shapes.collectionIn,
    response: shapes.collectionOut,
    problems: [
      problems['bank-channel-missing'],
      problems['credit-account'],
      problems['collection-refused'],
      general['conflict-retry'],
    ],
    example: examples.createCollection,
  },
  listCollections: {
    description: 'Those that were asked for by themselves; those of a batch are listed with it.',
    query: page,
    response: z.object({ collections: z.array(shapes.listedCollectionOut), nextCursor: z.string().optional() }),
    example: examples.listCollections,
  },
  getCollection: {
    path,
    response: shapes.collectionOut,
    problems: [problems['collection-not-found']],
    example: examples.getCollection,
  },
  cancelCollection: {
    description: 'Where it is not on its way to a bank; else it goes on.',
    path,
    response: shapes.collectionOut,
    problems: [problems['collection-not-found'], general['conflict-retry']],
    example: examples.cancelCollection,
  },
} satisfies Contract;
