import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ledgerStore } from '../../../functions/ledger/store.ts';
import { poolingStore } from '../../../functions/pooling/store.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { toolsOn } from '../../support/pooling-tools.ts';
import { localAccess } from '../../support/tables.ts';
import type { TestPooling } from './support.ts';

/** Where a process ends: at its k-th write, before the write reached the engine or after. */
export interface Doom {
  readonly write: number;
  readonly when: 'BEFORE' | 'AFTER';
}

export interface Doomed {
  readonly tools: PoolingTools;
  /** What the work answers, or 'KILLED' once the process has ended. */
  run<T>(work: (tools: PoolingTools) => Promise<T>): Promise<T | 'KILLED'>;
}

const writes = new Set(['BatchWriteItemCommand', 'PutItemCommand', 'TransactWriteItemsCommand', 'UpdateItemCommand']);

/**
 * Tools of a process that is killed at one of its writes: from then on nothing is answered, so that no handler of errors
 * runs any more, as after a kill -9.
 */
export function doomed({ endpoint, tables }: TestPooling, { write, when }: Doom): Doomed {
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  const never = new Promise<never>(() => undefined);
  let count = 0;
  let isDead = false;
  let die: (value: 'KILLED') => void = () => undefined;
  const killed = new Promise<'KILLED'>((resolve) => {
    die = resolve;
  });
  const end = (): Promise<never> => {
    isDead = true;
    die('KILLED');
    return never;
  };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (isDead) return never;
      if (!writes.has(context.commandName ?? '')) return next(args);
      count += 1;
      if (count !== write) return next(args);
      if (when === 'AFTER') await next(args).catch(() => undefined);
      return end();
    },
    { step: 'initialize', name: 'doom' },
  );
  const { TABLE_LEDGER = '', TABLE_POOLING = '' } = tables;
  const tools = toolsOn(poolingStore(client, TABLE_POOLING), ledgerStore(client, TABLE_LEDGER));
  return { tools, run: (work) => Promise.race([work(tools), killed]) };
}

/** Every place at which work of so many writes can end: 1 before, 1 after, 2 before, … */
export function doomAt(place: number): Doom {
  return { write: Math.floor(place / 2) + 1, when: place % 2 === 0 ? 'BEFORE' : 'AFTER' };
}
