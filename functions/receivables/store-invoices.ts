import type { DynamoDBClient, QueryCommandInput, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { type Invoice, type InvoiceReduction, openOf } from './invoices/invoice.ts';
import {
  invoiceFromPlain,
  invoiceToPlain,
  reductionFromPlain,
  reductionToPlain,
  referencePointers,
} from './invoices/invoice-items.ts';
import { customerPlace, keys, openInvoicePlace } from './keys.ts';

/** Invoices that are looked at for one reference, at most: a contract may have thousands. */
export const invoicesPerTokenMax = 100;

/** Numbers that are looked up side by side. */
const lookupsAtOnceMax = 16;

/** Invoices that are recorded in one transaction. One by one, ten thousand take longer than a caller may wait. */
export const invoicesPerWriteMax = 50;

/** A part of a list, and from behind which place it goes on. */
export interface InvoicePage {
  readonly invoices: readonly Invoice[];
  readonly next?: string;
}

/** Where a page begins, and how many it has at most. */
export interface PageAsked {
  readonly after?: string | undefined;
  readonly count: number;
}

/** Invoices, what made them smaller, and what leads to them. */
export function invoiceStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readInvoice(tenant: string, invoiceId: string): Promise<Invoice | undefined> {
    const item = await get(keys.invoice(tenant, invoiceId));
    return item && invoiceFromPlain(item);
  }

  async function readInvoices(tenant: string, invoiceIds: Iterable<string>): Promise<Map<string, Invoice>> {
    const wanted = [...new Set(invoiceIds)].map((id) => keys.invoice(tenant, id));
    const items = await batchGet(client, table, wanted);
    return new Map(items.map(invoiceFromPlain).map((invoice) => [invoice.id, invoice]));
  }

  /**
   * A page of a customer's open invoices by due day. The index may lag a moment: what was paid since is left out, so a
   * page may hold fewer than `count`; `next` alone tells that there are more.
   */
  async function readOpenInvoices(tenant: string, customerId: string, page: PageAsked): Promise<InvoicePage> {
    const { openOf: of, openAt } = openInvoicePlace(tenant, customerId, '', '');
    const { invoices, next } = await readPlaces(tenant, page, {
      IndexName: 'byOpen',
      KeyConditionExpression: 'openOf = :of AND openAt BETWEEN :from AND :to',
      ...between(of, openAt.slice(0, -1), page.after),
    });
    return { invoices: invoices.filter((invoice) => openOf(invoice) > 0n), ...next };
  }

  /** A page of all invoices of a customer by the day of issue; as for readOpenInvoices. */
  async function readInvoicesOf(tenant: string, customerId: string, page: PageAsked): Promise<InvoicePage> {
    const { customerOf } = customerPlace(tenant, customerId, '', '', '');
    const { invoices, next } = await readPlaces(tenant, page, {
      IndexName: 'byCustomer',
      KeyConditionExpression: 'customerOf = :of AND customerAt BETWEEN :from AND :to',
      FilterExpression: 'sk = :kind',
      ...between(customerOf, '', page.after, { ':kind': keys.invoice('', '').sk }),
    });
    return { invoices, ...next };
  }

  /** Places behind the one after which a page begins and before the end of a prefix. */
  function between(of: string, prefix: string, after: string | undefined, more: Plain = {}) {
    // No place ends in U+0000, and none goes on with U+FFFF.
    const [from, to] = [after === undefined ? prefix || ' ' : `${after}\u0000`, `${prefix}\uffff`];
    return { ExpressionAttributeValues: toItem({ ':of': of, ':from': from, ':to': to, ...more }) };
  }

  async function readPlaces(tenant: string, { count }: PageAsked, input: Omit<QueryCommandInput, 'TableName'>) {
    const sortKey = input.IndexName === 'byOpen' ? 'openAt' : 'customerAt';
    const places: Plain[] = [];
    let lastKey: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const page = await query({ ...input, Limit: count + 1, ...(lastKey && { ExclusiveStartKey: lastKey }) });
      places.push(...page.items);
      lastKey = page.lastKey;
    } while (lastKey && places.length <= count);
    const shown = places.slice(0, count);
    const ids = shown.map(({ pk }) => String(pk).slice(tenant.length + 1));
    const found = await readInvoices(tenant, ids);
    const last = shown.at(-1);
    return {
      invoices: ids.flatMap((id) => found.get(id) ?? []),
      next: places.length > count && last ? { next: String(last[sortKey]) } : {},
    };
  }

  /**
   * Invoices that have a number or another reference in its normal form, paid ones too; `cut` names the tokens that more
   * than `invoicesPerTokenMax` invoices have.
   */
  async function readInvoicesByToken(tenant: string, tokens: Iterable<string>) {
    const asked = [...new Set(tokens)];
    const limit = pLimit(lookupsAtOnceMax);
    const found = await Promise.all(asked.map((token) => limit(() => readPointers(tenant, token))));
    const cut = new Set(asked.filter((_, place) => (found[place]?.length ?? 0) > invoicesPerTokenMax));
    const ids = found.flatMap((pointers) => pointers.slice(0, invoicesPerTokenMax));
    return { invoices: await readInvoices(tenant, ids), cut };
  }

  async function readPointers(tenant: string, token: string): Promise<string[]> {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.referenceToken(tenant, token, '').pk }),
      ConsistentRead: true,
      Limit: invoicesPerTokenMax + 1,
    });
    return items.map(({ sk }) => String(sk));
  }

  /** What leads to invoices. Written before them, so that none is there that cannot be found. Safe to repeat. */
  async function writePointers(invoices: readonly Invoice[]): Promise<void> {
    const writer = batchWriter(client, table);
    for (const pointer of invoices.flatMap(referencePointers)) await writer.put(pointer);
    await writer.finish();
  }

  /** New invoices, `invoicesPerWriteMax` at most: all, or none where one is there already. Throws what DynamoDB throws. */
  const keepInvoices = (invoices: readonly Invoice[]) =>
    write(invoices.map((invoice) => putNew(invoiceToPlain(invoice))));

  /** The next state of an invoice as a part of a transaction: only where it still stands as it was read. */
  const invoiceWrite = (next: Invoice, { revision }: Invoice): TransactWriteItem =>
    putNext(invoiceToPlain(next), revision);

  /** A new invoice and the record of its key. Throws what DynamoDB throws. */
  const createInvoice = (invoice: Invoice, claim: KeyClaim) =>
    write([putNew(invoiceToPlain(invoice)), putNew(keyToPlain(invoice.tenant, claim))]);

  /** The record alone of a key that asked for what is there already. Throws what DynamoDB throws. */
  const noteKey = (tenant: string, claim: KeyClaim) => write([putNew(keyToPlain(tenant, claim))]);

  /** Throws what DynamoDB throws. */
  const replaceInvoice = (next: Invoice, before: Invoice) => write([invoiceWrite(next, before)]);

  /** The reductions of an invoice, in no order. */
  async function readReductions(tenant: string, invoiceId: string): Promise<InvoiceReduction[]> {
    const { pk, sk } = keys.reduction(tenant, invoiceId, '');
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':sk': sk }),
      ConsistentRead: true,
    });
    return items.map(reductionFromPlain);
  }

  /** The credit note of a legal entity that has a number. */
  async function readCreditNote(tenant: string, legalEntity: string, number: string) {
    const pointer = await get(keys.creditNoteNumber(tenant, legalEntity, number));
    const item = pointer && (await get(keys.reduction(tenant, String(pointer.invoiceId), String(pointer.id))));
    return item && reductionFromPlain(item);
  }

  async function readReduction(tenant: string, invoiceId: string, id: string): Promise<InvoiceReduction | undefined> {
    const item = await get(keys.reduction(tenant, invoiceId, id));
    return item && reductionFromPlain(item);
  }

  /** An invoice made smaller, by what, and the record of the key: all or nothing. Throws what DynamoDB throws. */
  async function reduceInvoice(
    next: Invoice,
    before: Invoice,
    reduction: InvoiceReduction,
    claim: KeyClaim,
  ): Promise<void> {
    const { tenant, id, invoiceId, legalEntity, number } = reduction;
    const name = number !== undefined && {
      ...keys.creditNoteNumber(tenant, legalEntity, number),
      kind: 'CREDIT_NOTE_NUMBER',
      ...{ id, invoiceId },
    };
    await write([
      invoiceWrite(next, before),
      putNew(reductionToPlain(reduction)),
      putNew(keyToPlain(tenant, claim)),
      ...(name ? [putNew(name)] : []),
    ]);
  }

  return {
    readInvoice,
    readInvoices,
    readOpenInvoices,
    readInvoicesOf,
    readInvoicesByToken,
    writePointers,
    keepInvoices,
    invoiceWrite,
    createInvoice,
    noteKey,
    replaceInvoice,
    readReductions,
    readReduction,
    readCreditNote,
    reduceInvoice,
  };
}
