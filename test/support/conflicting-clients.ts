import { setTimeout as delay } from 'node:timers/promises';
import { type DynamoDBClient, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { randomFrom } from './random.ts';

export interface ConflictLog {
  sent: number;
  conflicts: number;
}

/**
 * The cloud's rule, which no emulator has: of two transactions on one item at the same time one conflicts. Each client that `join`
 * is given takes part; each of its transactions is under way for `ms` to twice that.
 */
export function conflicting(ms: number, seed = 7): { readonly log: ConflictLog; join(client: DynamoDBClient): void } {
  const busy = new Set<string>();
  const log: ConflictLog = { sent: 0, conflicts: 0 };
  const random = randomFrom(seed);
  const join = (client: DynamoDBClient) => {
    const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
    Object.assign(client, {
      send: async (command: unknown) => {
        if (!(command instanceof TransactWriteItemsCommand)) return send(command);
        log.sent += 1;
        const keys = keysOf(command);
        if (keys.some((key) => busy.has(key))) {
          log.conflicts += 1;
          throw conflictOf(keys.map((key) => busy.has(key)));
        }
        for (const key of keys) busy.add(key);
        try {
          await delay(ms * (1 + random()));
          return await send(command);
        } finally {
          for (const key of keys) busy.delete(key);
        }
      },
    });
  };
  return { log, join };
}

function keysOf({ input }: TransactWriteItemsCommand): string[] {
  return (input.TransactItems ?? []).map(({ Put, Update, ConditionCheck, Delete }) => {
    const { pk, sk } = Put?.Item ?? Update?.Key ?? ConditionCheck?.Key ?? Delete?.Key ?? {};
    return `${pk?.S} ${sk?.S}`;
  });
}

function conflictOf(isBusy: readonly boolean[]): TransactionCanceledException {
  const CancellationReasons = isBusy.map((busy) => ({ Code: busy ? 'TransactionConflict' : 'None' }));
  return new TransactionCanceledException({ message: 'Transaction cancelled', $metadata: {}, CancellationReasons });
}
