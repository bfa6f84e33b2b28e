import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import type { SentMessage, SentOrder } from './gateway/sent-message.ts';
import { keys } from './keys.ts';

const ordersPerBlock = 200;
const writesAtOnceMax = 8;

/** Messages that were handed to banks, and the orders in those that went as files. All reads are strongly consistent. */
export function bankMessageStore(client: DynamoDBClient, table: string) {
  const { get, query, putNew, update } = tableAccess(client, table);

  async function readBankMessage(tenant: string, messageId: string): Promise<SentMessage | undefined> {
    const item = await get(keys.bankMessage(tenant, messageId));
    return item && messageFromPlain(item);
  }

  /** Keeps a message where none has its id; false where one has. */
  const claimBankMessage = (message: SentMessage) =>
    putNew({ ...keys.bankMessage(message.tenant, message.id), kind: 'BANK_MESSAGE', ...message });

  /** Moves a message on, once: false where it does not stand as it was read. */
  function moveBankMessage(from: SentMessage, to: Pick<SentMessage, 'state' | 'handedAt'>): Promise<boolean> {
    return update(keys.bankMessage(from.tenant, from.id), {
      UpdateExpression: 'SET #state = :to, handedAt = :at',
      ConditionExpression: '#state = :from',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: toItem({ ':to': to.state, ':at': to.handedAt, ':from': from.state }),
    });
  }

  /** The orders among these that a file has carried. */
  async function readSentOrders(tenant: string, orderIds: readonly string[]): Promise<SentOrder[]> {
    const found = await batchGet(
      client,
      table,
      [...new Set(orderIds)].map((id) => keys.sentOrder(tenant, id)),
    );
    return found.map(orderFromPlain);
  }

  /** Notes the orders of a message: by id, and with the message. Answers those that another message carries already. */
  async function writeSentOrders(tenant: string, messageId: string, orders: readonly SentOrder[]): Promise<string[]> {
    const limit = pLimit(writesAtOnceMax);
    const taken = await Promise.all(orders.map((order) => limit(() => writeOrder(tenant, order))));
    const blocks = Math.ceil(orders.length / ordersPerBlock);
    for (let block = 0; block < blocks; block++) {
      const part = orders.slice(block * ordersPerBlock, (block + 1) * ordersPerBlock);
      const item = { ...keys.sentOrders(tenant, messageId, block), kind: 'BANK_ORDERS', orders: part };
      await writeRetried(() => client.send(new PutItemCommand({ TableName: table, Item: toItem(item) })));
    }
    return taken.flat();
  }

  async function writeOrder(tenant: string, order: SentOrder): Promise<string[]> {
    if (await putNew({ ...keys.sentOrder(tenant, order.id), kind: 'BANK_ORDER', ...order })) return [];
    const [held] = await readSentOrders(tenant, [order.id]);
    return held?.messageId === order.messageId ? [] : [order.id];
  }

  /** All orders of a message that went as a file. */
  async function readOrdersOfMessage(tenant: string, messageId: string): Promise<SentOrder[]> {
    const found: SentOrder[] = [];
    let after: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const { items, lastKey } = await query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :orders)',
        ExpressionAttributeValues: toItem({ ':pk': keys.bankMessage(tenant, messageId).pk, ':orders': 'ORDERS#' }),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      });
      found.push(...items.flatMap(({ orders }) => orders as SentOrder[]));
      after = lastKey;
    } while (after);
    return found;
  }

  return {
    readBankMessage,
    claimBankMessage,
    moveBankMessage,
    readSentOrders,
    writeSentOrders,
    readOrdersOfMessage,
  };
}

function messageFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...message }: Plain): SentMessage {
  return { ...(message as unknown as SentMessage), count: Number(message.count) };
}

function orderFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...order }: Plain): SentOrder {
  return order as unknown as SentOrder;
}
