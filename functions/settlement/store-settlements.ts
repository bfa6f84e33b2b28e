import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import type { Figures } from './journal/figures.ts';
import { journalGroups } from './journal/groups.ts';
import { journalKeys, linesPk, sequenceText } from './journal/journal-keys.ts';
import type { JournalLine, MerchantLine } from './journal/line.ts';
import { escaped, packLine, unpackLine } from './journal/pack-lines.ts';
import type { OwnerDay } from './journal/transaction.ts';
import { refOf } from './settlements/open-days.ts';
import { sumOfLines } from './settlements/settle-day.ts';
import type { Settlement, SettlementRef } from './settlements/settlement.ts';
import {
  pointerToPlain,
  refFromPlain,
  settlementFromPlain,
  settlementToPlain,
} from './settlements/settlement-items.ts';
import { openSettlements, settlementKeys, settlementsPk } from './settlements/settlement-keys.ts';
import { stillIn } from './store-day-check.ts';

/** Lines that close a day, and what of it another one is told. */
export interface Closing {
  readonly day: OwnerDay;
  /** What it came to when it was read: it is closed only as that. */
  readonly figures: Figures;
  readonly lines: readonly MerchantLine[];
  /** CARRIED_IN. A day to come takes it until it is CLOSED, one that is closed already until it is SETTLED. */
  readonly carried?: { readonly day: OwnerDay; readonly line: MerchantLine; readonly until: 'CLOSED' | 'SETTLED' };
}

/** Settlements of merchants' days, and their lines; reads by key are strongly consistent. */
export function settlementsStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll, putNew: putOneNew } = tableAccess(client, table);
  const { putNew, putNext, checkNone, write } = transactionParts(client, table);

  async function readSettlement(ref: SettlementRef): Promise<Settlement | undefined> {
    const item = await get(settlementKeys.settlement(ref));
    return item && settlementFromPlain(item);
  }

  async function readSettlementById(tenant: string, settlementId: string): Promise<Settlement | undefined> {
    const pointer = await get(settlementKeys.pointer(tenant, settlementId));
    return pointer && readSettlement(refFromPlain(pointer));
  }

  /** In no order; those that are not there are left out. */
  async function readSettlements(refs: readonly SettlementRef[]): Promise<Settlement[]> {
    return (await batchGet(client, table, refs.map(settlementKeys.settlement))).map(settlementFromPlain);
  }

  /**
   * A new settlement with the lines that close its day, all or nothing, and only while the day is as it was read, and the one
   * that it is carried on to takes it. Throws what DynamoDB throws.
   */
  const createSettlement = (settlement: Settlement, closing: Closing) =>
    write([
      putNew(settlementToPlain(settlement)),
      putNew(pointerToPlain(settlement)),
      ...closingParts(settlement, closing),
    ]);

  /** The next state of one, only over the one before it, with the lines that close it now. Throws what DynamoDB throws. */
  const replaceSettlement = (next: Settlement, more: { readonly closing?: Closing; readonly claim?: KeyClaim } = {}) =>
    write([
      putNext(settlementToPlain(next), next.revision - 1),
      ...(more.closing ? closingParts(next, more.closing) : []),
      ...(more.claim ? [putNew(keyToPlain(next.tenant, more.claim))] : []),
    ]);

  /** Lines that close a day, and what it carries on: in their totals too, so that a day that is settled has what it paid out. */
  function closingParts({ id }: Settlement, { day, figures, lines, carried }: Closing): TransactWriteItem[] {
    return [
      // Behind the others: no number of a stream begins so.
      ...(lines.length > 0
        ? [putNew(blockOf(day, `~${id}`, lines)), addedTo(day, lines, figures)]
        : [unchanged(day, figures)]),
      // What is carried in comes first on its day.
      ...(carried
        ? [
            putNew(blockOf(carried.day, `!${id}`, [carried.line])),
            addedTo(carried.day, [carried.line]),
            carried.until === 'CLOSED'
              ? stillIn(table, carried.day)
              : checkNone(settlementKeys.settlement(refOf(carried.day))),
          ]
        : []),
    ];
  }

  /** Counts in the day's total as any line; only where it is as it was read, if it was. */
  function addedTo(day: OwnerDay, lines: readonly MerchantLine[], read?: Figures): TransactWriteItem {
    const { owner, sequence } = day;
    const carriedIn = sumOfLines(lines.filter(({ kind }) => kind === 'CARRIED_IN'));
    const as = read && asRead(read);
    return {
      Update: {
        TableName: table,
        Key: toItem(journalKeys.total(day)),
        UpdateExpression:
          'SET #kind = :kind, ownerKind = :ownerKind, ownerId = :ownerId, #sequence = :sequence ' +
          'ADD #lines :lines, #net :net, carriedIn :carriedIn',
        ...(as && { ConditionExpression: as.condition }),
        ExpressionAttributeNames: { '#kind': 'kind', '#sequence': 'sequence', '#lines': 'lines', '#net': 'net' },
        ExpressionAttributeValues: toItem({
          ...{ ':kind': 'TOTAL', ':ownerKind': owner.kind, ':ownerId': owner.id, ':sequence': sequence },
          ...{ ':lines': lines.length, ':net': sumOfLines(lines), ':carriedIn': carriedIn },
          ...as?.values,
        }),
      },
    };
  }

  function unchanged(day: OwnerDay, read: Figures): TransactWriteItem {
    const { condition, values } = asRead(read);
    return {
      ConditionCheck: {
        TableName: table,
        Key: toItem(journalKeys.total(day)),
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#lines': 'lines', '#net': 'net' },
        ExpressionAttributeValues: toItem(values),
      },
    };
  }

  /** A page of a merchant's settlements by day, from behind a place. */
  async function listSettlements(
    { tenant, merchantId }: Pick<SettlementRef, 'tenant' | 'merchantId'>,
    { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
    after: string | undefined,
    count: number,
  ) {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': settlementsPk(tenant, merchantId),
        ':from': after === undefined ? from : `${after}\u0000`,
        ':to': `${to}#\uffff`,
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    const shown = items.slice(0, count);
    const last = items.length > count ? shown.at(-1) : undefined;
    return { settlements: shown.map(settlementFromPlain), ...(last && { next: String(last.sk) }) };
  }

  /** A page of settlements of one group that are to be looked at until an instant; the index may lag a moment. */
  async function listOpenSettlements(group: number, until: string, after: string | undefined, count: number) {
    const { items, lastKey } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: 'marketOf = :of AND marketAt BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':of': openSettlements(group),
        ':from': after === undefined ? ' ' : `${after}\u0000`,
        ':to': `${until}\uffff`,
      }),
      Limit: count,
    });
    const keys = items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const settlements = (await batchGet(client, table, keys)).map(settlementFromPlain);
    return { settlements, ...(lastKey && { next: String(items.at(-1)?.marketAt) }) };
  }

  /** Keeps of which payouts a message to the bank is; the first who says so is right. */
  async function keepMessage(
    tenant: string,
    messageId: string,
    payouts: readonly (SettlementRef & { readonly payoutId: string })[],
  ): Promise<void> {
    const item = { ...settlementKeys.message(tenant, messageId), kind: 'PAYOUT_MESSAGE', payouts };
    await putOneNew(item);
  }

  async function readMessage(tenant: string, messageId: string) {
    const item = await get(settlementKeys.message(tenant, messageId));
    const payouts = (item?.payouts ?? []) as Plain[];
    return payouts.map((one) => ({ ...refFromPlain(one), payoutId: String(one.payoutId) }));
  }

  /** Blocks of an owner's lines of one settlement, in order, from a place on: that block again, or those behind it. */
  async function readBlocks(
    { tenant, owner, date, sequence }: Omit<OwnerDay, 'marketId' | 'group'>,
    { from, behind, count }: { readonly from?: string; readonly behind?: string; readonly count: number },
  ) {
    const prefix = `${sequenceText(sequence)}#`;
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': linesPk(tenant, owner, date),
        ':from': behind === undefined ? (from ?? prefix) : `${behind}\u0000`,
        ':to': `${prefix}\uffff`,
      }),
      ConsistentRead: true,
      Limit: count,
    });
    const blocks = items.map(({ sk, text }) => ({
      place: String(sk),
      lines: String(text).split('\n').map(unpackLine),
    }));
    return { blocks, isLast: lastKey === undefined };
  }

  /** Lines of an order in one settlement of an owner's day. All of that is looked through, where it lies: no other lines are sent. */
  async function readOrderLines({ tenant, owner, date, sequence }: OwnerDay, orderNo: string): Promise<JournalLine[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sequence)',
      FilterExpression: 'contains(#text, :no)',
      ExpressionAttributeNames: { '#text': 'text' },
      ExpressionAttributeValues: toItem({
        ':pk': linesPk(tenant, owner, date),
        ':sequence': `${sequenceText(sequence)}#`,
        ':no': escaped(orderNo),
      }),
      ConsistentRead: true,
    });
    const lines = items.flatMap(({ text }) => String(text).split('\n').map(unpackLine));
    return lines.filter((line) => line.orderNo === orderNo);
  }

  return {
    ...{ readSettlement, readSettlementById, readSettlements, createSettlement, replaceSettlement },
    ...{ listSettlements, listOpenSettlements, keepMessage, readMessage, readBlocks, readOrderLines },
    openSettlementGroups: journalGroups,
  };
}

/** That a total has the lines that it had, and comes to the same. What is zero may be absent. */
function asRead({ lines, net }: Figures) {
  const is = (name: 'lines' | 'net', value: bigint) =>
    `${value === 0n ? `attribute_not_exists(#${name}) OR ` : ''}#${name} = :${name}Read`;
  return {
    condition: `(${is('lines', lines)}) AND (${is('net', net)})`,
    values: { ':linesRead': lines, ':netRead': net },
  };
}

function blockOf({ tenant, owner, date, sequence }: OwnerDay, place: string, lines: readonly MerchantLine[]): Plain {
  const key = { pk: linesPk(tenant, owner, date), sk: `${sequenceText(sequence)}#${place}` };
  return { ...key, kind: 'LINES', text: lines.map(packLine).join('\n') };
}
