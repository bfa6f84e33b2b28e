import { receiptIdOfCredit } from '../../../functions/receivables/receipts/receipt-draft.ts';
import { takeCollection } from '../../../functions/receivables/receipts/take-collection.ts';
import { takeCredit } from '../../../functions/receivables/receipts/take-credit.ts';
import { returnedIdOf } from '../../../functions/receivables/returned/returned-credit.ts';
import { takeReturnedCredit } from '../../../functions/receivables/returned/take-returned-credit.ts';
import { creditReversed, presentTold, receiptRecorded } from '../../../functions/statements/events.ts';
import { entryId, type StoredEntry } from '../../../functions/statements/stored-entry.ts';
import type { StoredStatement } from '../../../functions/statements/stored-statement.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { StatementEntry } from '../../../shared/formats/statement-events.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { cause } from '../../functions/receivables/samples.ts';
import { entry } from '../../functions/statements/pages.ts';
import { hashNumber, monday, type TestReceipts, theReceipt } from './receipts.ts';

const tenant = 'demo';
/** The order to a bank that tests tell of. */
export const orderId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0A00001';

export interface Told extends Partial<StatementEntry> {
  readonly format?: StoredStatement['format'];
  /** The counterparty is this account of the tenant's own ledger. */
  readonly own?: string;
}

const ownAccountOf =
  ({ own }: Told) =>
  () =>
    own;

/** Events that tell of money, as the others make them, and who takes them. Amounts in fen. */
export function tellerOf(receipts: TestReceipts) {
  /** The event of one entry, made as the statements make it. */
  function credit(minor: bigint, told: Told = {}): DomainEvent<{ creditKey: string }> {
    const { statement, stored } = storedEntry(minor, told);
    return receiptRecorded(statement, stored, hashNumber, ownAccountOf(told)) as DomainEvent<{ creditKey: string }>;
  }

  /** The same of a debit by which the bank takes so much back. */
  function reversed(minor: bigint, told: Told = {}): DomainEvent<{ reversalKey: string }> {
    const { statement, stored } = storedEntry(-minor, { reversal: true, ...told });
    return creditReversed(statement, stored, hashNumber, ownAccountOf(told)) as DomainEvent<{ reversalKey: string }>;
  }

  function storedEntry(minor: bigint, { format = 'camt.053', own: _own, ...more }: Told) {
    const statement = {
      tenant,
      id: `stm_${format}`,
      format,
      accountId: receipts.accounts.bank,
      importedAt: monday.toISOString(),
      importedBy: cause,
    };
    const { index: _, ...facts } = entry(minor, { currency: 'CNY', bankReference: 'B-1', ...more });
    const stored: StoredEntry = {
      ...facts,
      id: entryId(statement.id, 1),
      sequence: 1,
      detailsCount: facts.details.length,
    };
    receipts.details.set(
      statement.id,
      presentTold(facts.details, hashNumber, () => undefined),
    );
    return { statement: statement as unknown as StoredStatement, stored };
  }

  function collected(settled: bigint, returned?: bigint): DomainEvent {
    const show = (minor: bigint) => presentAmount(minor, 'CNY');
    receipts.orders.set(orderId, { ...receipts.orders.get(orderId), orderId, mandateId: 'man_1' });
    const type = returned === undefined ? 'collection.item-settled.v1' : 'collection.item-returned.v1';
    const one = {
      orderId,
      businessDate: '2026-03-02',
      settled: show(settled),
      ...(returned && { returned: show(returned) }),
    };
    const data = {
      batchId: 'cb_1',
      line: 1,
      mandateId: 'man_1',
      references: { invoice: 'FP-2026-0001' },
      tries: [one],
    };
    return { id: `evt_${type}`, type, tenant, occurredAt: monday.toISOString(), subject: 'cb_1', actor: cause, data };
  }

  const takers = new Map([
    ['statements.receipt-recorded.v1', takeCredit],
    ['statements.credit-reversed.v1', takeReturnedCredit],
  ]);
  const take = (event: DomainEvent, at = monday) =>
    (takers.get(event.type) ?? takeCollection)(receipts.tools, event, at);

  return { credit, reversed, collected, take };
}

/** What tests tell the receipts that there are at the moment, and what they read of them. */
export function tellingTo(receipts: () => TestReceipts) {
  const idOf = (event: DomainEvent<{ creditKey: string }>) => receiptIdOfCredit(tenant, event.data.creditKey);
  return {
    credit: (minor: bigint, told?: Told) => tellerOf(receipts()).credit(minor, told),
    reversed: (minor: bigint, told?: Told) => tellerOf(receipts()).reversed(minor, told),
    collected: (settled: bigint, returned?: bigint) => tellerOf(receipts()).collected(settled, returned),
    take: (event: DomainEvent) => tellerOf(receipts()).take(event),
    /** The id of the receipt that a credit is. */
    idOf,
    read: (event: DomainEvent<{ creditKey: string }>) => theReceipt(receipts(), { id: idOf(event) }),
    all: async () => (await receipts().tools.store.listReceipts(tenant, 'ALL', { count: 50 })).receipts,
    async returnedOf({ data }: DomainEvent<{ reversalKey: string }>) {
      const returned = await receipts().tools.store.readReturned(tenant, returnedIdOf(tenant, data.reversalKey));
      if (!returned) throw new Error('It was not kept.');
      return returned;
    },
  };
}
