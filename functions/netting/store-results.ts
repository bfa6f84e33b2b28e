import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../shared/dynamo/record-blocks.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { PackedResult, ResultBlock } from './closing/pack-result.ts';
import type { Cycle } from './cycles/cycle.ts';
import { carriedPrefix, carryingGate, keys } from './keys.ts';
import type { Owed } from './positions/position.ts';
import type { RowOf, Section } from './report/rows.ts';

/** What the number of an amount takes beside the text, at most. */
const bytesPerAmount = 22;

/** Figures of cycles, and what one carries into the next; all reads are strongly consistent. */
export function resultStore(client: DynamoDBClient, table: string) {
  const { get, queryAll } = tableAccess(client, table);
  const { putNew, write } = transactionParts(client, table);

  /** The rows of an attempt, in places of its own. Safe to repeat. */
  async function writeResult(
    { tenant, id }: Pick<Cycle, 'tenant' | 'id'>,
    attempt: number,
    blocks: Generator<ResultBlock, PackedResult>,
  ): Promise<PackedResult> {
    const writer = batchWriter(client, table);
    for (;;) {
      const next = blocks.next();
      if (next.done) {
        await writer.finish();
        return next.value;
      }
      const { section, place, content } = next.value;
      const item = { ...keys.resultBlock(tenant, id, attempt, section, place), kind: 'RESULT', ...content };
      await writer.put(item, Buffer.byteLength(content.text) + bytesPerAmount * content.amounts.length);
    }
  }

  /** Rows of a block, by its place from 0. Throws Error where it is not there: a result names only what was written before. */
  async function readResultRows<Of extends Section>(
    { tenant, id }: Pick<Cycle, 'tenant' | 'id'>,
    attempt: number,
    section: Of,
    place: number,
  ): Promise<RowOf[Of][]> {
    const item = await get(keys.resultBlock(tenant, id, attempt, section, place));
    if (!item) throw new Error(`The result of ${id} has no block ${section} ${place}.`);
    return unpackBlock<RowOf[Of]>(item);
  }

  /**
   * Brings a part of what a cycle carries into another one, once, while that is open. Throws what DynamoDB throws, also where it has
   * been brought into one.
   */
  const carryOver = ({ tenant, id }: Pick<Cycle, 'tenant' | 'id'>, place: number, to: string, owed: readonly Owed[]) =>
    write([
      putNew({ ...keys.carriedOut(tenant, id, place), kind: 'CARRIED_OUT', to }),
      putNew({
        ...keys.carriedIn(tenant, to, id, place),
        kind: 'CARRIED_IN',
        ...packBlock(owed.map(({ payer, payee, currency, amount }) => [payer, payee, currency, amount])),
      }),
      {
        ConditionCheck: {
          TableName: table,
          Key: toItem(keys.gate(tenant, to, carryingGate)),
          ConditionExpression: '#state = :open',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: toItem({ ':open': 'OPEN' }),
        },
      },
    ]);

  /** The cycle that a part was brought into, where it was. */
  async function readCarriedTo({ tenant, id }: Pick<Cycle, 'tenant' | 'id'>, place: number) {
    const item = await get(keys.carriedOut(tenant, id, place));
    return item && String(item.to);
  }

  /** All that earlier cycles have carried into a cycle. */
  async function readCarriedIn(tenant: string, cycleId: string): Promise<Owed[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: toItem({
        ':pk': keys.gate(tenant, cycleId, carryingGate).pk,
        ':prefix': carriedPrefix,
      }),
      ConsistentRead: true,
    });
    return items.flatMap((item) =>
      unpackBlock<RowOf['CARRIED']>(item).map(([payer, payee, currency, amount]) => ({
        ...{ payer, payee, currency, amount },
      })),
    );
  }

  return { writeResult, readResultRows, carryOver, readCarriedTo, readCarriedIn };
}
