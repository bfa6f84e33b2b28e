import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookingsOf } from '../../../../functions/receivables/booking/bookings-of.ts';
import type { BookLeg } from '../../../../functions/receivables/booking/legs-of.ts';
import type { Invoice } from '../../../../functions/receivables/invoices/invoice.ts';
import { invoiceToPlain } from '../../../../functions/receivables/invoices/invoice-items.ts';
import { allocateByHand } from '../../../../functions/receivables/matches/allocate-by-hand.ts';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import type { Match } from '../../../../functions/receivables/matches/match.ts';
import { matchToPlain } from '../../../../functions/receivables/matches/match-items.ts';
import { refundReceipt } from '../../../../functions/receivables/matches/refund-receipt.ts';
import { undoMatch } from '../../../../functions/receivables/matches/undo-match.ts';
import type { Receipt, Refund } from '../../../../functions/receivables/receipts/receipt.ts';
import { receiptToPlain, refundToPlain } from '../../../../functions/receivables/receipts/receipt-items.ts';
import { aReceipt, byId, refusal, step } from '../receipt-samples.ts';
import { aCustomer, anInvoice } from '../samples.ts';

/**
 * Random use of two receipts on four invoices of two customers, against a reference that knows only what happened: it adds up
 * the matches and refunds that stand. Amounts in fen, small, so that bounds are met often.
 */
const receiptAmounts = [100n, 70n];
const invoiceAmounts = [60n, 40n, 50n, 80n];
const customers = ['K-1', 'K-2'].map((number) => aCustomer({ number }).id);
const ownerOf = (invoice: number) => invoice % 2;

interface Part {
  readonly invoice: number;
  readonly cash: bigint;
  readonly discount: bigint;
}

/** What happened, as the reference keeps it. */
type Fact =
  | {
      kind: 'MATCH';
      receipt: number;
      customer: number;
      parts: Part[];
      put: bigint;
      taken: bigint;
      stands: boolean;
      id: string;
    }
  | { kind: 'REFUND'; receipt: number; customer: number | undefined; amount: bigint; taken: bigint };

const total = (values: bigint[]) => values.reduce((sum, value) => sum + value, 0n);

/** The books as all facts that stand make them. */
function reference(facts: readonly Fact[]) {
  const standing = facts.filter((fact) => fact.kind === 'REFUND' || fact.stands);
  const receipts = receiptAmounts.map((amount, receipt) => {
    const of = standing.filter((fact) => fact.receipt === receipt);
    const matches = of.flatMap((fact) => (fact.kind === 'MATCH' ? [fact] : []));
    const refunds = of.flatMap((fact) => (fact.kind === 'REFUND' ? [fact] : []));
    const allocated = total(matches.flatMap(({ parts }) => parts.map(({ cash }) => cash)));
    const onAccount = total(matches.map(({ put, taken }) => put - taken)) - total(refunds.map(({ taken }) => taken));
    const refunded = total(refunds.map((refund) => refund.amount));
    return { allocated, onAccount, refunded, unapplied: amount - allocated - onAccount - refunded };
  });
  const cleared = invoiceAmounts.map((_, invoice) =>
    total(
      standing.flatMap((fact) =>
        fact.kind === 'MATCH'
          ? fact.parts.filter((part) => part.invoice === invoice).map(({ cash, discount }) => cash + discount)
          : [],
      ),
    ),
  );
  return { receipts, cleared };
}

const small = fc.bigInt({ min: 0n, max: 60n });
const action = fc.oneof(
  fc.record({
    does: fc.constant('USE' as const),
    receipt: fc.nat(1),
    customer: fc.nat(1),
    parts: fc.uniqueArray(
      fc.record({
        invoice: fc.nat(3),
        cash: fc.bigInt({ min: 1n, max: 60n }),
        discount: fc.bigInt({ min: 0n, max: 5n }),
      }),
      { maxLength: 3, selector: ({ invoice }) => invoice },
    ),
    onAccount: small,
    from: fc.constantFrom('UNAPPLIED' as const, 'ON_ACCOUNT' as const),
  }),
  fc.record({ does: fc.constant('UNDO' as const), place: fc.nat(7) }),
  fc.record({
    does: fc.constant('REFUND' as const),
    receipt: fc.nat(1),
    amount: fc.bigInt({ min: 1n, max: 80n }),
    from: fc.constantFrom('UNAPPLIED' as const, 'ON_ACCOUNT' as const),
  }),
);
type Action = typeof action extends fc.Arbitrary<infer Of> ? Of : never;

/** The system under test, with the balances that its bookings make. */
class Books {
  receipts: Receipt[] = receiptAmounts.map((amount, n) => aReceipt({ number: `SK-${n}`, amount }));
  invoices: Invoice[] = invoiceAmounts.map((amount, n) =>
    anInvoice({ number: `FP-${n}`, amount, customerId: customers[ownerOf(n)] ?? '' }),
  );
  matches: Match[] = [];
  refunds: Refund[] = [];
  facts: Fact[] = [];
  readonly balances = new Map<string, bigint>();

  constructor() {
    for (const invoice of this.invoices) this.#book({ kind: 'INSERT', item: invoiceToPlain(invoice) });
    for (const receipt of this.receipts) this.#book({ kind: 'INSERT', item: receiptToPlain(receipt) });
  }

  #book(change: Parameters<typeof bookingsOf>[0]): void {
    for (const { debit, credit, amount } of bookingsOf(change).flatMap(({ legs }) => legs)) {
      this.#add(debit, -amount);
      this.#add(credit, amount);
    }
  }

  #add(account: BookLeg['debit'], amount: bigint): void {
    const name = 'book' in account ? account.book : account.accountId;
    this.balances.set(name, (this.balances.get(name) ?? 0n) + amount);
  }

  #put(receipt: Receipt, invoices: readonly Invoice[] = []): void {
    this.receipts = this.receipts.map((one) => (one.id === receipt.id ? receipt : one));
    for (const next of invoices) this.invoices = this.invoices.map((one) => (one.id === next.id ? next : one));
  }

  run(asked: Action): string {
    if (asked.does === 'USE') return this.#use(asked);
    return asked.does === 'UNDO' ? this.#undo(asked) : this.#refund(asked);
  }

  #use({ receipt, customer, parts, onAccount, from }: Action & { does: 'USE' }): string {
    const put = from === 'ON_ACCOUNT' ? 0n : onAccount;
    const named = parts.map(({ invoice, cash }) => ({ invoiceId: this.invoices[invoice]?.id ?? '', amount: cash }));
    const use = allocateByHand({ customerId: customers[customer] ?? '', invoices: named, onAccount: put, from });
    const allocations = use.allocations.map((one, n) => ({ ...one, discount: parts[n]?.discount ?? 0n }));
    return refusal(() => {
      const before = this.receipts[receipt] ?? aReceipt();
      const made = applyExplanation(before, byId(...this.invoices), { ...use, allocations }, step);
      this.#put(made.receipt, made.invoices);
      this.matches.push(made.match);
      this.#book({ kind: 'INSERT', item: matchToPlain(made.match) });
      this.facts.push({
        kind: 'MATCH',
        receipt,
        customer,
        parts,
        put,
        taken: use.fromOnAccount,
        stands: true,
        id: made.match.id,
      });
    });
  }

  #undo({ place }: Action & { does: 'UNDO' }): string {
    const match = this.matches[place % Math.max(1, this.matches.length)];
    if (!match) return 'nothing to undo';
    const at = this.matches.indexOf(match);
    return refusal(() => {
      const before = this.receipts.find(({ id }) => id === match.receiptId) ?? aReceipt();
      const of = <One extends { receiptId: string }>(all: readonly One[]) =>
        all.filter((one) => one.receiptId === before.id);
      const history = { matches: of(this.matches), refunds: of(this.refunds) };
      const undone = undoMatch(before, byId(...this.invoices), match, history, 'x', step);
      this.#put(undone.receipt, undone.invoices);
      this.matches[at] = undone.match;
      this.#book({ kind: 'MODIFY', item: matchToPlain(undone.match), previous: matchToPlain(match) });
      for (const fact of this.facts) if (fact.kind === 'MATCH' && fact.id === match.id) fact.stands = false;
    });
  }

  #refund({ receipt, amount, from }: Action & { does: 'REFUND' }): string {
    return refusal(() => {
      const taken = from === 'ON_ACCOUNT' ? amount : 0n;
      const before = this.receipts[receipt] ?? aReceipt();
      const id = `rfd_${this.refunds.length}`;
      const made = refundReceipt(before, { id, amount, fromOnAccount: taken, reason: 'x' }, step);
      this.#put(made.receipt);
      this.refunds.push(made.refund);
      this.#book({ kind: 'INSERT', item: refundToPlain(made.refund) });
      this.facts.push({ kind: 'REFUND', receipt, customer: keeperOf(this.facts, receipt), amount, taken });
    });
  }
}

/** Whether the books would be in order if it were done: by the reference alone. */
function isAllowed(facts: readonly Fact[], asked: Action): boolean {
  if (asked.does === 'REFUND') {
    const { receipt, amount, from } = asked;
    const taken = from === 'ON_ACCOUNT' ? amount : 0n;
    return isSound([...facts, { kind: 'REFUND', receipt, customer: keeperOf(facts, receipt), amount, taken }]);
  }
  if (asked.does === 'UNDO') {
    const made = facts.filter((fact) => fact.kind === 'MATCH');
    const target = made[asked.place % Math.max(1, made.length)];
    return (
      target?.stands === true && isSound(facts.map((fact) => (fact === target ? { ...target, stands: false } : fact)))
    );
  }
  const { receipt, customer, parts, from } = asked;
  const put = from === 'ON_ACCOUNT' ? 0n : asked.onAccount;
  const taken = from === 'ON_ACCOUNT' ? total(parts.map(({ cash }) => cash)) : 0n;
  if (parts.length === 0 && put === 0n) return false;
  if (parts.some(({ invoice }) => ownerOf(invoice) !== customer)) return false;
  const kept = reference(facts).receipts[receipt]?.onAccount ?? 0n;
  if (kept > 0n && (put > 0n || taken > 0n) && keeperOf(facts, receipt) !== customer) return false;
  return isSound([...facts, { kind: 'MATCH', receipt, customer, parts, put, taken, stands: true, id: '' }]);
}

/** What a receipt has on account for a customer. */
function keptFor(facts: readonly Fact[], receipt: number, customer: number): bigint {
  const of = facts.filter((fact) => fact.receipt === receipt && fact.customer === customer);
  return total(of.map((fact) => (fact.kind === 'REFUND' ? -fact.taken : fact.stands ? fact.put - fact.taken : 0n)));
}

/** Whose money is on account: there is one at the most. */
function keeperOf(facts: readonly Fact[], receipt: number): number | undefined {
  return [0, 1].find((customer) => keptFor(facts, receipt, customer) > 0n);
}

function isSound(facts: readonly Fact[]): boolean {
  const { receipts, cleared } = reference(facts);
  const isKept = receipts.every((_, receipt) => [0, 1].every((customer) => keptFor(facts, receipt, customer) >= 0n));
  const isPositive = receipts.every(({ onAccount, unapplied }) => onAccount >= 0n && unapplied >= 0n);
  return isKept && isPositive && cleared.every((amount, invoice) => amount <= (invoiceAmounts[invoice] ?? 0n));
}

describe('whatever is done with the money of receipts', () => {
  it('books, receipts and invoices are what happened adds up to, and what would break them is refused', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 30, size: 'max' }), (actions) => {
        const books = new Books();
        for (const asked of actions) {
          const before = [books.receipts, books.invoices, books.matches.length];
          const allowed = isAllowed(books.facts, asked);
          const outcome = books.run(asked);
          if (outcome === 'nothing to undo') continue;
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
          expect(
            outcome === 'not refused',
            `${outcome} ${JSON.stringify(asked, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
          ).toBe(allowed);
          if (!allowed) expect([books.receipts, books.invoices, books.matches.length]).toEqual(before);
          expectBooks(books);
        }
      }),
      { numRuns: 400 },
    );
    expect([...seen.keys()].sort()).toEqual([
      'not refused',
      'receivables/invoice-exceeded',
      'receivables/match-empty',
      'receivables/match-undone',
      'receivables/on-account-exceeded',
      'receivables/on-account-used',
      'receivables/other-customer',
      'receivables/receipt-exceeded',
    ]);
  });
});

function expectBooks({ receipts, invoices, facts, balances }: Books): void {
  const of = reference(facts);
  expect(
    receipts.map(({ amount, allocated, onAccount, refunded }) => ({
      ...{ allocated, onAccount, refunded },
      unapplied: amount - allocated - onAccount - refunded,
    })),
  ).toEqual(of.receipts);
  expect(invoices.map(({ cleared }) => cleared)).toEqual(of.cleared);
  const balance = (name: string) => balances.get(name) ?? 0n;
  expect(balance('receivable')).toBe(total(invoiceAmounts) - total(of.cleared));
  expect(balance('unapplied')).toBe(-total(of.receipts.map(({ unapplied }) => unapplied)));
  expect(balance('onAccount')).toBe(-total(of.receipts.map(({ onAccount }) => onAccount)));
  expect(balance('cash')).toBe(total(receiptAmounts) - total(of.receipts.map(({ refunded }) => refunded)));
  expect(total([...balances.values()])).toBe(0n);
}
