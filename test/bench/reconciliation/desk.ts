import type { MatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice, VirtualAccount } from '../../../functions/receivables/matching/open-item.ts';
import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { drawAmount } from './amounts.ts';
import type { Chance } from './chance.ts';
import type { Customer, Home } from './customer.ts';
import type { CaseKind, Draft, Told, TrueAllocation } from './labelled.ts';
import type { NumberSource } from './numbers/invoice-numbers.ts';
import type { PayerShown } from './payers.ts';
import { sayingNothing } from './remittance.ts';

/** What all customers share: the running numbers of the books. */
export interface Books {
  readonly chance: Chance;
  readonly rules: MatchRules;
  readonly numbers: NumberSource;
  readonly nextId: (kind: 'inv' | 'rcp' | 'ord') => string;
  /** Some invoices of other customers, by legal entity. */
  readonly others: Map<string, OpenInvoice[]>;
}

/** A customer, what is open with it, and another with a name that looks like its own, where there is one. */
export interface Ground {
  readonly customer: Customer;
  readonly invoices: OpenInvoice[];
  readonly virtualAccounts: VirtualAccount[];
  readonly twin?: { readonly customer: Customer; readonly invoices: OpenInvoice[] };
}

/** A payment as its story tells it. */
export interface Payment {
  readonly kind: CaseKind;
  readonly home: Home;
  readonly amount: bigint;
  readonly paidOn: PlainDate;
  readonly payer: PayerShown;
  /** Without them it says nothing of use. */
  readonly texts?: readonly string[];
  readonly references?: Readonly<Record<string, string>>;
  readonly told?: Partial<Omit<Told, 'payer'>>;
  readonly truth: readonly TrueAllocation[];
  readonly meant?: readonly string[];
}

export interface Desk extends Books {
  readonly ground: Ground;
  home(): Home;
  /** Opens an invoice of the customer. */
  invoice(home: Home, over?: Partial<OpenInvoice>): OpenInvoice;
  /** Several, whose numbers follow each other. */
  series(home: Home, count: number): OpenInvoice[];
  pay(payment: Payment): Draft;
}

const firstDay = '2025-01-02';
const days = 170;

export function deskOf(books: Books, ground: Ground): Desk {
  const { chance, nextId } = books;
  const { customer } = ground;

  function open(home: Home, count: number, over: Partial<OpenInvoice> = {}): OpenInvoice[] {
    const issuedOn = over.issuedOn ?? addDays(firstDay, chance.whole(0, days));
    const numbers = books.numbers.take(home.entity, issuedOn, count);
    const invoices = numbers.map(({ number }) => drawInvoice(books, customer, home, number, { issuedOn, ...over }));
    ground.invoices.push(...invoices);
    return invoices;
  }

  return {
    ...books,
    ground,
    home: () => (customer.homes[1] && chance.percent(25) ? customer.homes[1] : customer.homes[0]),
    invoice: (home, over) => open(home, 1, over)[0] as OpenInvoice,
    series: (home, count) => open(home, count),
    pay({ kind, home, amount, paidOn, payer, texts, references = {}, told, truth, meant }) {
      const about = { script: customer.name.script, paidOn, amount };
      return {
        kind,
        receipt: {
          id: nextId('rcp'),
          legalEntity: home.entity,
          currency: home.currency,
          amount,
          paidOn,
          ...payer.shown,
          texts: texts ?? [sayingNothing(about, chance)].filter((text) => text !== ''),
          references: { ...(chance.percent(30) && { endToEndId: ownNumber(paidOn, chance) }), ...references },
        },
        told: { payer: payer.told, named: [], ...told },
        truth,
        meant: meant ?? truth.map(({ invoiceId }) => invoiceId),
      };
    },
  };
}

function drawInvoice(
  { chance, nextId }: Books,
  { known, habit, discount }: Customer,
  { entity, currency }: Home,
  number: string,
  over: Partial<OpenInvoice> & { issuedOn: PlainDate },
): OpenInvoice {
  const amount = over.amount ?? drawAmount(habit, chance);
  const partlyPaid = over.amount === undefined && !over.discount && !discount && chance.percent(6);
  return {
    id: nextId('inv'),
    customerId: known.id,
    legalEntity: entity,
    number,
    currency,
    amount,
    open: partlyPaid ? amount - amount / BigInt(chance.whole(2, 5)) : amount,
    dueOn: addDays(over.issuedOn, chance.pick([30, 30, 45, 60])),
    references: {},
    disputed: false,
    ...(discount && { discount }),
    ...over,
  };
}

/** A number that the payer's own system gives a payment. */
function ownNumber(day: PlainDate, chance: Chance): string {
  return chance.pick(['NOTPROVIDED', `PAY${day.replaceAll('-', '')}${chance.whole(1_000, 9_999)}`]);
}
