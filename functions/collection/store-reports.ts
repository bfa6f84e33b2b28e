import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { Cause } from '../../shared/http/cause.ts';
import type { BankReport } from './gateway/bank-gateway.ts';
import { keys } from './keys.ts';

/** A report of a bank as it is kept: what was said, and when it came in. */
export interface StoredReport {
  readonly tenant: string;
  readonly report: BankReport;
  readonly receivedAt: string;
  /** Who said so, where it was no bank. */
  readonly by?: Cause;
}

/** What banks reported, by order. */
export function reportStore(client: DynamoDBClient, table: string) {
  const { query, putNew } = tableAccess(client, table);

  /** Keeps a report; false where it is kept already. */
  const keepReport = (stored: StoredReport) => putNew(reportToPlain(stored));

  /** The reports on an order, as the bank's clock has them. */
  async function readReports(tenant: string, orderId: string): Promise<StoredReport[]> {
    const found: StoredReport[] = [];
    let after: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const { items, lastKey } = await query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': keys.reports(tenant, orderId) }),
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      });
      found.push(...items.map(reportFromPlain));
      after = lastKey;
    } while (after);
    return found.sort((one, other) => (one.report.at < other.report.at ? -1 : 1));
  }

  return { keepReport, readReports };
}

function reportToPlain({ tenant, report, receivedAt, by }: StoredReport): Plain {
  const { orderId, state, source } = report;
  const key = { pk: keys.reports(tenant, orderId), sk: `${state}#${source}` };
  return { ...key, kind: 'REPORT', tenant, report, receivedAt, ...(by && { by }) };
}

export function reportFromPlain({ tenant, report, receivedAt, by }: Plain): StoredReport {
  const stored = { tenant: String(tenant), report: report as BankReport, receivedAt: String(receivedAt) };
  return by === undefined ? stored : { ...stored, by: by as Cause };
}
