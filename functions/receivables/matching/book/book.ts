import { daysBetween } from '../../../../shared/calendar/plain-date.ts';
import type { Explanation } from '../decision.ts';
import type { OpenItems, OpenReceipt } from '../open-item.ts';
import { Account } from './account.ts';
import type { Case } from './case.ts';
import { clearedItem, compareItems, type Item, openItem, poolOf } from './item.ts';
import { type Payment, paymentOf } from './payment.ts';

/** The same amount of the same payer within so many days may be the same money. */
const repeatDaysMax = 14;

/** All invoices of a run, and what its receipts have paid of them so far. */
export class Book {
  readonly items: readonly Item[];
  readonly #byId = new Map<string, Item>();
  readonly #byCustomer = new Map<string, Item[]>();
  readonly #accounts = new Map<string, Account>();
  /** Of receipts that cleared exactly what they paid, by pool, customer and amount. */
  readonly #clearing = new Map<string, Payment[]>();
  readonly #nobody = new Account([]);

  constructor({ invoices, cleared = [] }: OpenItems) {
    const open = invoices.filter((invoice) => invoice.open > 0n).map(openItem);
    const paid = cleared.map((invoice) =>
      clearedItem(
        invoice,
        invoice.payments.map((payment) => paymentOf(payment, invoice.customerId)),
      ),
    );
    this.items = [...open, ...paid].sort(compareItems);
    const pools = new Map<string, Item[]>();
    for (const item of this.items) {
      this.#byId.set(item.invoice.id, item);
      push(this.#byCustomer, item.invoice.customerId, item);
      push(pools, accountKey(item.invoice, item.invoice.customerId), item);
    }
    for (const [key, items] of pools) this.#accounts.set(key, new Account(items));
  }

  item(id: string): Item {
    const item = this.#byId.get(id);
    if (!item) throw new RangeError(`No invoice ${id} in this run.`);
    return item;
  }

  /** All of a customer, whatever the entity and the currency. */
  itemsOf(customerId: string): readonly Item[] {
    return this.#byCustomer.get(customerId) ?? [];
  }

  /** What a customer owes that a receipt may pay: of its entity and currency. */
  account(receipt: OpenReceipt, customerId: string): Account {
    return this.#accounts.get(accountKey(receipt, customerId)) ?? this.#nobody;
  }

  /** Books an explanation of a receipt. Throws RangeError, with nothing booked, where an invoice has not so much left. */
  post({ receipt, payer }: Case, { allocations, customerId, onAccount }: Explanation): void {
    const clears = allocations.map(({ invoiceId, cash, discount, charge }) => {
      return { item: this.item(invoiceId), amount: cash + discount + charge };
    });
    const payment = paymentOf(receipt, customerId, payer.name);
    for (const { item, amount } of clears) {
      this.account(receipt, item.invoice.customerId).pay(item, amount);
      item.payments.push(payment);
    }
    if (onAccount === 0n && clears.every(({ item }) => item.left === 0n)) {
      push(this.#clearing, `${accountKey(receipt, customerId)} ${receipt.amount}`, payment);
    }
  }

  /** Whether the same customer has cleared invoices with exactly this amount a few days before. */
  isRepeated(receipt: OpenReceipt, customerId: string): boolean {
    const others = this.#clearing.get(`${accountKey(receipt, customerId)} ${receipt.amount}`) ?? [];
    return others.some(({ paidOn }) => Math.abs(daysBetween(paidOn, receipt.paidOn)) <= repeatDaysMax);
  }
}

function accountKey(of: Pick<OpenReceipt, 'legalEntity' | 'currency'>, customerId: string): string {
  return `${poolOf(of)} ${customerId}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const others = map.get(key);
  if (others) others.push(value);
  else map.set(key, [value]);
}
