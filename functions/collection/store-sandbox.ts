import { type DynamoDBClient, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import type { BankReport } from './gateway/bank-gateway.ts';
import { answerShard, answerShards, keys } from './keys.ts';

/** An order that the sandbox bank has, by the message that first brought it. */
export interface SandboxOrder {
  readonly tenant: string;
  readonly id: string;
  readonly messageId: string;
  readonly fingerprint: string;
}

/** An answer of the sandbox bank with when it is told. Its name is of the order's answers only. */
export interface DueReport {
  readonly tenant: string;
  readonly name: string;
  readonly dueAt: string;
  readonly report: BankReport;
}

/** The books of the sandbox bank. */
export function sandboxStore(client: DynamoDBClient, table: string) {
  const { get, query, putNew, update } = tableAccess(client, table);

  async function readSandboxOrder(tenant: string, orderId: string): Promise<SandboxOrder | undefined> {
    const item = await get(keys.sandboxOrder(tenant, orderId));
    return item && (item as unknown as SandboxOrder);
  }

  /** Takes an order with all its answers, or nothing of it: false where the bank has one of its id. */
  function writeSandboxOrder(order: SandboxOrder, answers: readonly DueReport[]): Promise<boolean> {
    const { tenant, id } = order;
    const items = [{ ...keys.sandboxOrder(tenant, id), kind: 'SANDBOX_ORDER', ...order }, ...answers.map(answerItem)];
    const TransactItems = items.map(
      (item): TransactWriteItem => ({
        Put: { TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' },
      }),
    );
    return writeRetried(() => client.send(new TransactWriteItemsCommand({ TransactItems })));
  }

  /** One more answer about an order; nothing where it is there. */
  const addSandboxAnswer = (answer: DueReport) => putNew(answerItem(answer));

  /** Which order was the first with what `what` says; the asking one where there was none. */
  async function firstSandboxOrder(tenant: string, what: string, orderId: string): Promise<string> {
    const key = keys.sandboxFirst(tenant, what);
    if (await putNew({ ...key, kind: 'SANDBOX_FIRST', orderId })) return orderId;
    return String((await get(key))?.orderId);
  }

  /** Answers of any tenant whose time has come and that were not given yet; the index may lag a moment. */
  async function readDueAnswers(until: string, perShard: number): Promise<DueReport[]> {
    const pages = await Promise.all(
      answerShards.map((shard) =>
        query({
          IndexName: 'byTime',
          KeyConditionExpression: 'timeOf = :of AND timeAt <= :until',
          ExpressionAttributeValues: toItem({ ':of': shard, ':until': until }),
          Limit: perShard,
        }),
      ),
    );
    return pages.flatMap(({ items }) => items.map(answerFromPlain));
  }

  /** Everything that is to be said of an order, given or not. */
  async function readAnswers(tenant: string, orderId: string): Promise<DueReport[]> {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :answers)',
      ExpressionAttributeValues: toItem({ ':pk': keys.sandboxOrder(tenant, orderId).pk, ':answers': 'ANSWER#' }),
      ConsistentRead: true,
    });
    return items.map(answerFromPlain);
  }

  /** Takes an answer out of those to be given; once is enough. */
  async function noteGiven({ tenant, name, report }: DueReport, at: string): Promise<void> {
    await update(keys.sandboxAnswer(tenant, report.orderId, name), {
      UpdateExpression: 'SET givenAt = :at REMOVE timeOf, timeAt',
      ConditionExpression: 'attribute_exists(timeOf)',
      ExpressionAttributeValues: toItem({ ':at': at }),
    });
  }

  /** Puts an answer that could not be given behind the others. */
  async function putOff({ tenant, name, report }: DueReport, until: string): Promise<void> {
    await update(keys.sandboxAnswer(tenant, report.orderId, name), {
      UpdateExpression: 'SET timeAt = :until',
      ConditionExpression: 'attribute_exists(timeOf)',
      ExpressionAttributeValues: toItem({ ':until': until }),
    });
  }

  return {
    readSandboxOrder,
    writeSandboxOrder,
    addSandboxAnswer,
    firstSandboxOrder,
    readDueAnswers,
    readAnswers,
    noteGiven,
    putOff,
  };
}

function answerItem({ tenant, name, dueAt, report }: DueReport): Plain {
  return {
    ...keys.sandboxAnswer(tenant, report.orderId, name),
    kind: 'SANDBOX_ANSWER',
    tenant,
    name,
    dueAt,
    report,
    timeOf: answerShard(report.orderId),
    timeAt: dueAt,
  };
}

function answerFromPlain({ tenant, name, dueAt, report }: Plain): DueReport {
  return { tenant: String(tenant), name: String(name), dueAt: String(dueAt), report: report as BankReport };
}
