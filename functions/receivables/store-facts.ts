import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { invoiceFromPlain, reductionFromPlain } from './invoices/invoice-items.ts';
import { customerPlace } from './keys.ts';
import { matchFromPlain } from './matches/match-items.ts';
import { receiptFromPlain, refundFromPlain } from './receipts/receipt-items.ts';
import type { Fact } from './reports/fact.ts';

/** Which facts: of days from one to another, both included, from behind a place. */
export interface FactsAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
  readonly count: number;
}

/** All that happened between customers and us. */
export function factStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** A page of a customer's facts by the day from which each counts. The index may lag a moment. */
  async function listFacts(
    tenant: string,
    customerId: string,
    { from = '', to = '', after, count }: FactsAsked,
  ): Promise<{ readonly facts: readonly Fact[]; readonly next?: string }> {
    const { items, lastKey } = await query({
      IndexName: 'byCustomer',
      KeyConditionExpression: 'customerOf = :of AND customerAt BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':of': customerPlace(tenant, customerId, '', '', '').customerOf,
        // No place ends in U+0000, and none goes on with U+FFFF.
        ':from': after === undefined ? from || ' ' : `${after}\u0000`,
        ':to': `${to}\uffff`,
      }),
      Limit: count,
    });
    const keys = items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const found = new Map((await batchGet(client, table, keys)).map((item) => [nameOf(item), item]));
    const facts = items.flatMap((place) => factOf(found.get(nameOf(place))) ?? []);
    const last = lastKey && items.at(-1);
    return { facts, ...(last && { next: String(last.customerAt) }) };
  }

  return { listFacts };
}

function nameOf({ pk, sk }: Plain): string {
  return `${pk} ${sk}`;
}

function factOf(item: Plain | undefined): Fact | undefined {
  switch (item?.kind) {
    case 'INVOICE':
      return { kind: 'INVOICE', invoice: invoiceFromPlain(item) };
    case 'CREDIT_NOTE':
    case 'WRITE_OFF':
      return { kind: 'REDUCTION', reduction: reductionFromPlain(item) };
    case 'RECEIPT':
      return { kind: 'RECEIPT', receipt: receiptFromPlain(item) };
    case 'MATCH':
      return { kind: 'MATCH', match: matchFromPlain(item) };
    case 'REFUND':
      return { kind: 'REFUND', refund: refundFromPlain(item) };
    default:
      return undefined;
  }
}
