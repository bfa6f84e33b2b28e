import type { OpenItems, OpenReceipt } from '../open-item.ts';
import type { Settlement } from '../terms/settle.ts';
import { Account } from './account.ts';
import type { Case } from './case.ts';
import { clearedItem, compareItems, type Item, openItem } from './item.ts';
import { paymentOf } from './payment.ts';
import { Pool } from './pool.ts';

/** All invoices of a run, and what its receipts have paid of them so far. */
export class Book {
  /** The cleared ones too; those of a customer stand together, by `compareItems`. */
  readonly items: readonly Item[];
  readonly #byCustomer: ReadonlyMap<string, readonly Item[]>;
  readonly #pools = new Map<string, Pool>();

  constructor({ invoices, cleared = [] }: OpenItems) {
    const open = invoices.filter(({ open }) => open > 0n).map((invoice) => openItem(invoice, this.pool(invoice)));
    const paid = cleared.map((invoice) => clearedItem(invoice, this.pool(invoice)));
    const byCustomer = Map.groupBy([...open, ...paid], ({ invoice }) => invoice.customerId);
    for (const [customerId, items] of byCustomer) openAccounts(customerId, items.sort(compareItems));
    this.#byCustomer = byCustomer;
    this.items = [...byCustomer.values()].flat();
  }

  /** What a receipt or an invoice belongs to: one entity's money of one currency. */
  pool({ legalEntity, currency }: Pick<OpenReceipt, 'legalEntity' | 'currency'>): Pool {
    const key = `${currency} ${legalEntity}`;
    const known = this.#pools.get(key);
    if (known) return known;
    const pool = new Pool(legalEntity, currency);
    this.#pools.set(key, pool);
    return pool;
  }

  /** All of a customer, whatever the entity and the currency. */
  itemsOf(customerId: string): readonly Item[] {
    return this.#byCustomer.get(customerId) ?? [];
  }

  /** Books what of a receipt clears invoices of a customer. Throws RangeError where an invoice has not so much left. */
  post({ receipt, payer, pool }: Case, customerId: string, { parts, onAccount }: Settlement): void {
    const payment = paymentOf(receipt, customerId, payer.name);
    let isCleared = onAccount === 0n;
    for (const { item, cash, discount, charge } of parts) {
      pool.account(item.invoice.customerId).pay(item, cash + discount + charge, payment);
      isCleared &&= item.left === 0n;
    }
    if (isCleared) pool.account(customerId).noteClearing(payment);
  }
}

function openAccounts(customerId: string, items: readonly Item[]): void {
  const open = items.filter(({ left }) => left > 0n);
  for (const [pool, own] of Map.groupBy(open, (item) => item.pool)) pool.add(customerId, new Account(own));
}
