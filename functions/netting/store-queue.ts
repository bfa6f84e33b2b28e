import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { gates } from './cycles/cycle.ts';
import { keys, type QueueName, queueLinesPrefix } from './keys.ts';
import type { KeptPayment, QueueEntry } from './queued-payments/kept-payment.ts';
import {
  linesFromPlain,
  linesToPlain,
  paymentFromPlain,
  paymentToPlain,
  type QueueLines,
} from './queued-payments/queue-items.ts';
import type { QueueHead } from './resolutions/resolution.ts';
import { headFromPlain, headToPlain } from './resolutions/resolution-items.ts';

/** Payments that are queued together: an item each, their lines and the gate; a transaction has 100. */
export const paymentsPerWriteMax = 90;
/** A payment changes once after it was queued. */
const revisionAtEnd = 2;

/** Queued payments and what of them waits; all reads are strongly consistent. */
export function queueStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll, update } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readQueuedPayment(tenant: string, paymentId: string): Promise<KeptPayment | undefined> {
    const item = await get(keys.queuedPayment(tenant, paymentId));
    return item && paymentFromPlain(item);
  }

  /** Those that there are of some ids, by id; ids must differ. */
  async function readQueuedPayments(tenant: string, ids: readonly string[]): Promise<Map<string, KeptPayment>> {
    const items = await batchGet(
      client,
      table,
      ids.map((id) => keys.queuedPayment(tenant, id)),
    );
    return new Map(items.map(paymentFromPlain).map((one) => [one.id, one]));
  }

  /** How many numbers a gate has given. */
  async function readGivenNumbers(tenant: string, queue: QueueName, gate: number): Promise<number> {
    return Number((await get(keys.queueGate(tenant, queue, gate)))?.given ?? 0);
  }

  /**
   * New payments of one gate, `paymentsPerWriteMax` at most, numbered from behind `given` on: all, or none where one is there
   * already or the gate has given other numbers meanwhile. Throws what DynamoDB throws.
   */
  async function addQueuedPayments(payments: readonly KeptPayment[], given: number): Promise<void> {
    const [first] = payments;
    if (!first) return;
    const { pk, sk } = keys.queueLines(first.tenant, first, first.gate, first.number);
    await write([
      ...payments.map((one) => putNew(paymentToPlain(one))),
      putNew(linesToPlain(pk, { sk, entries: payments, revision: 1 })),
      giveNumbers(first, given, payments.length),
    ]);
  }

  function giveNumbers(first: KeptPayment, given: number, count: number): TransactWriteItem {
    return {
      Update: {
        TableName: table,
        Key: toItem(keys.queueGate(first.tenant, first, first.gate)),
        UpdateExpression: 'SET given = :after, kind = :kind',
        ConditionExpression: given === 0 ? 'attribute_not_exists(pk)' : 'given = :before',
        ExpressionAttributeValues: toItem({
          ':after': given + count,
          ':kind': 'QUEUE_GATE',
          ...(given > 0 && { ':before': given }),
        }),
      },
    };
  }

  /** What waits at a gate, by number. */
  async function readQueueLines(tenant: string, queue: QueueName, gate: number): Promise<QueueLines[]> {
    const { pk } = keys.queueGate(tenant, queue, gate);
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :lines)',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':lines': queueLinesPrefix }),
      ConsistentRead: true,
    });
    return items.map((item) => linesFromPlain(item, gate));
  }

  /** All that waits, by gate and number. */
  async function readQueue(tenant: string, queue: QueueName): Promise<QueueEntry[]> {
    const read = await Promise.all(gates.map((gate) => readQueueLines(tenant, queue, gate)));
    return read.flat().flatMap(({ entries }) => entries);
  }

  /** The item that has a payment that waits. */
  async function readLinesOf(payment: KeptPayment): Promise<QueueLines | undefined> {
    const { tenant, gate, number } = payment;
    const { pk, sk } = keys.queueLines(tenant, payment, gate, number);
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': queueLinesPrefix, ':to': sk }),
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
    });
    return items[0] && linesFromPlain(items[0], gate);
  }

  async function readQueueHead(tenant: string, queue: QueueName): Promise<QueueHead> {
    return headFromPlain(await get(keys.queueHead(tenant, queue)));
  }

  /** The next state of a queue, only over the one that was read. */
  function headPart(tenant: string, queue: QueueName, next: QueueHead): TransactWriteItem {
    const item = headToPlain(tenant, queue, next);
    return next.revision === 1 ? putNew(item) : putNext(item, next.revision - 1);
  }

  /** A payment out of its queue; only where nothing was decided over the queue since `head` was read. Throws what DynamoDB throws. */
  async function withdrawQueued(next: KeptPayment, lines: QueueLines, head: QueueHead): Promise<void> {
    const { pk } = keys.queueGate(next.tenant, next, next.gate);
    const left = lines.entries.filter(({ number }) => number !== next.number);
    const linesPart: TransactWriteItem =
      left.length > 0
        ? putNext(linesToPlain(pk, { ...lines, entries: left, revision: lines.revision + 1 }), lines.revision)
        : { Delete: deletionOf(pk, lines) };
    const headNext = { ...head, revision: head.revision + 1 };
    await write([putNext(paymentToPlain(next), next.revision - 1), linesPart, headPart(next.tenant, next, headNext)]);
  }

  function deletionOf(pk: string, { sk, revision }: QueueLines) {
    return {
      TableName: table,
      Key: toItem({ pk, sk }),
      ConditionExpression: 'revision = :before',
      ExpressionAttributeValues: toItem({ ':before': revision }),
    };
  }

  /**
   * Notes on a payment that a resolution has settled it; done again it changes nothing. Throws Error where the payment has ended
   * another way: what is decided to settle can only settle.
   */
  async function markSettled(
    tenant: string,
    paymentId: string,
    by: Pick<KeptPayment, 'changedAt' | 'cause'> & { readonly resolutionId: string },
  ): Promise<void> {
    const done = await update(keys.queuedPayment(tenant, paymentId), {
      UpdateExpression:
        'SET #state = :settled, resolutionId = :by, changedAt = :at, cause = :cause, revision = :revision',
      ConditionExpression: '#state = :queued OR resolutionId = :by',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: toItem({
        ...{ ':settled': 'SETTLED', ':queued': 'QUEUED', ':by': by.resolutionId },
        ...{ ':at': by.changedAt, ':cause': by.cause, ':revision': revisionAtEnd },
      }),
    });
    if (!done) throw new Error(`The payment ${paymentId} was decided to settle, and is not queued.`);
  }

  /** Takes payments of a gate off the queue, by number; done again it changes nothing. */
  async function takeOffQueue(
    tenant: string,
    queue: QueueName,
    gate: number,
    numbers: ReadonlySet<number>,
  ): Promise<void> {
    const { pk } = keys.queueGate(tenant, queue, gate);
    const isOff = ({ number }: QueueEntry) => numbers.has(number);
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (const lines of await readQueueLines(tenant, queue, gate)) {
        // Where a withdrawal was faster, the lines are read again.
        if (lines.entries.some(isOff) && !(await replaceLines(pk, lines, isOff))) isDone = false;
      }
    }
  }

  function replaceLines(pk: string, lines: QueueLines, isOff: (entry: QueueEntry) => boolean): Promise<boolean> {
    const entries = lines.entries.filter((entry) => !isOff(entry));
    const { TableName, Key, ...condition } = deletionOf(pk, lines);
    if (entries.length === 0) {
      return writeRetried(() => client.send(new DeleteItemCommand({ TableName, Key, ...condition })));
    }
    const Item = toItem(linesToPlain(pk, { ...lines, entries, revision: lines.revision + 1 }));
    return writeRetried(() => client.send(new PutItemCommand({ TableName, Item, ...condition })));
  }

  return {
    ...{ readQueuedPayment, readQueuedPayments, readGivenNumbers, addQueuedPayments },
    ...{ readQueueLines, readQueue, readLinesOf, readQueueHead, headPart },
    ...{ withdrawQueued, markSettled, takeOffQueue },
  };
}
