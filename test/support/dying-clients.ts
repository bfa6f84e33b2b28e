import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** BEFORE: the write is not made. AFTER: it is made and its answer lost. */
export type Death = 'BEFORE' | 'AFTER';

const write = /^(Put|Update|Delete|TransactWrite|BatchWrite)/;

/** Makes the process of a client die at its n-th write (from 0): nothing that it asks for afterwards happens. */
export function dieAt(client: DynamoDBClient, writeNumber: number, death: Death): { readonly isDead: () => boolean } {
  let writes = 0;
  let dead = false;
  const killed = () => new Error('killed');
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (dead) throw killed();
      const dies = write.test(context.commandName ?? '') && writes++ === writeNumber;
      if (!dies) return next(args);
      dead = true;
      if (death === 'AFTER') await next(args);
      throw killed();
    },
    { step: 'initialize', name: 'death' },
  );
  return { isDead: () => dead };
}

/** Has something looked at after each write of a client that was made, before the writer hears of it. */
export function afterEachWrite(client: DynamoDBClient, look: (write: number) => Promise<void>): void {
  let writes = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (write.test(context.commandName ?? '')) await look(writes++);
      return answer;
    },
    { step: 'initialize', name: 'look' },
  );
}
