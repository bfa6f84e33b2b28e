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

  /** Moves a message on where it stands as it was read; nothing where it does not, or an earlier try moved it. */
  async function moveBankMessage(
    from: SentMessage,
    to: Pick<SentMessage, 'state' | 'text'> & Partial<Pick<SentMessage, 'handedAt'>>,
  ): Promise<SentMessage | undefined> {
    const { state, handedAt = from.handedAt, text = from.text } = to;
    const next = { ...from, state, handedAt, moves: from.moves + 1, ...(text !== undefined && { text }) };
    const isMoved = await update(keys.bankMessage(from.tenant, from.id), {
      UpdateExpression: `SET #state = :to, handedAt = :at, moves = :next${text === undefined ? '' : ', #text = :text'}`,
      ConditionExpression: '#state = :from AND moves = :moves',
      ExpressionAttributeNames: { '#state': 'state', ...(text !== undefined && { '#text': 'text' }) },
      ExpressionAttributeValues: toItem({
        ...{ ':to': state, ':at': handedAt, ':next': next.moves, ':from': from.state, ':moves': from.moves },
        ...(text !== undefined && { ':text': text }),
      }),
    });
    return isMoved ? next : undefined;
  }

  /** Notes that a message that was being written has gone; false where that was noted. */
  function noteSent({ tenant, id }: SentMessage): Promise<boolean> {
    return update(keys.bankMessage(tenant, id), {
      UpdateExpression: 'SET #state = :sent',
      ConditionExpression: '#state = :writing',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: toItem({ ':sent': 'SENT', ':writing': 'WRITING' }),
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

  /**
   * Notes the orders of a message: by id, with the message, and its payment informations. Answers those that another message carries
   * already.
   */
  async function writeSentOrders(tenant: string, messageId: string, orders: readonly SentOrder[]): Promise<string[]> {
    const limit = pLimit(writesAtOnceMax);
    const taken = await Promise.all(orders.map((order) => limit(() => writeOrder(tenant, order))));
    const blocks = Math.ceil(orders.length / ordersPerBlock);
    for (let block = 0; block < blocks; block++) {
      const part = orders.slice(block * ordersPerBlock, (block + 1) * ordersPerBlock);
      const item = { ...keys.sentOrders(tenant, messageId, block), kind: 'BANK_ORDERS', orders: part };
      await writeRetried(() => client.send(new PutItemCommand({ TableName: table, Item: toItem(item) })));
    }
    for (const id of new Set(orders.map(({ paymentInformationId }) => paymentInformationId))) {
      await putNew({ ...keys.paymentInformation(tenant, id), kind: 'PAYMENT_INFORMATION', messageId });
    }
    return taken.flat();
  }

  /** An order of a message that was withdrawn is free. */
  async function writeOrder(tenant: string, order: SentOrder): Promise<string[]> {
    if (await putNew({ ...keys.sentOrder(tenant, order.id), kind: 'BANK_ORDER', ...order })) return [];
    const [held] = await readSentOrders(tenant, [order.id]);
    if (!held || held.messageId === order.messageId) return held ? [] : [order.id];
    const carrier = await readBankMessage(tenant, held.messageId);
    if (carrier?.state !== 'WITHDRAWN') return [order.id];
    await replaceOrder(tenant, order, held.messageId);
    const [holds] = await readSentOrders(tenant, [order.id]);
    return holds?.messageId === order.messageId ? [] : [order.id];
  }

  function replaceOrder(tenant: string, order: SentOrder, messageId: string): Promise<boolean> {
    const input = {
      TableName: table,
      Item: toItem({ ...keys.sentOrder(tenant, order.id), kind: 'BANK_ORDER', ...order }),
      ConditionExpression: 'messageId = :held',
      ExpressionAttributeValues: toItem({ ':held': messageId }),
    };
    return writeRetried(() => client.send(new PutItemCommand(input)));
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

  /** All orders that went in a file under an id: of a message, or of a payment information in one. */
  async function readOrdersUnder(tenant: string, fileId: string): Promise<SentOrder[]> {
    const whole = await readOrdersOfMessage(tenant, fileId);
    if (whole.length > 0) return whole;
    const pointer = await get(keys.paymentInformation(tenant, fileId));
    if (!pointer) return [];
    const orders = await readOrdersOfMessage(tenant, String(pointer.messageId));
    return orders.filter(({ paymentInformationId }) => paymentInformationId === fileId);
  }

  return {
    readOrdersUnder,
    readBankMessage,
    claimBankMessage,
    moveBankMessage,
    noteSent,
    readSentOrders,
    writeSentOrders,
    readOrdersOfMessage,
  };
}

function messageFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...message }: Plain): SentMessage {
  return {
    ...(message as unknown as SentMessage),
    count: Number(message.count),
    moves: Number(message.moves),
  };
}

function orderFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...order }: Plain): SentOrder {
  return order as unknown as SentOrder;
}
