import type { DiscountTerms, OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import type { Desk, Payment } from '../desk.ts';
import { discountOn, paidByName, termsFor } from '../field-rules.ts';
import { type Draft, inFull } from '../labelled.ts';
import { byAnyKnown } from '../payers.ts';
import { drawCharge } from './several.ts';
import { text, whole } from './single-reference.ts';

/** Payments of one invoice that miss its amount, for a reason; most name it. */

type OnePaid = Payment & { readonly invoice: OpenInvoice };

/** A bank on the way kept something: mostly within tolerance, at times more. */
export function bankCharge(desk: Desk): Draft[] {
  const { chance, ground } = desk;
  const payment = whole(desk, 'BANK_CHARGE');
  const terms = termsFor(ground.customer.known, desk.rules, payment.home.currency);
  const within = drawCharge(desk, payment.amount, terms.chargeMax, terms.basisPointsMax);
  const charge = chance.percent(85) && within > 0n ? within : terms.chargeMax + BigInt(chance.whole(1, 40_00));
  const amount = payment.amount > charge ? payment.amount - charge : payment.amount;
  return [namedOrNot(desk, { ...payment, amount })];
}

const terms = [
  { basisPoints: 200, withinDays: 10 },
  { basisPoints: 100, withinDays: 15 },
  { basisPoints: 300, withinDays: 7 },
];

/** Paid early, less the discount; the last day is the commonest. */
export function discountInTime(desk: Desk): Draft[] {
  const { chance } = desk;
  const agreed = agreedTerms(desk);
  return [
    lessDiscount(
      desk,
      'DISCOUNT_IN_TIME',
      agreed,
      chance.percent(40) ? agreed.withinDays : chance.whole(0, agreed.withinDays),
    ),
  ];
}

/** The discount is taken though its days are over, often by one. */
export function discountLate(desk: Desk): Draft[] {
  const { chance } = desk;
  const agreed = agreedTerms(desk);
  return [
    lessDiscount(desk, 'DISCOUNT_LATE', agreed, agreed.withinDays + (chance.percent(50) ? 1 : chance.whole(2, 30))),
  ];
}

function agreedTerms({ ground, chance }: Desk): DiscountTerms {
  return ground.customer.discount ?? chance.pick(terms);
}

function lessDiscount(desk: Desk, kind: Payment['kind'], discount: DiscountTerms, day: number): Draft {
  const payment = whole(desk, kind, { discount });
  const { open, issuedOn } = payment.invoice;
  return namedOrNot(desk, { ...payment, amount: open - discountOn(open, discount), paidOn: addDays(issuedOn, day) });
}

/** What it does to the invoice is the same whether it names it or not. */
function namedOrNot(desk: Desk, payment: OnePaid): Draft {
  const { customer } = desk.ground;
  const { invoice, amount, paidOn, home } = payment;
  const truth = [paidByName(invoice, amount, paidOn, termsFor(customer.known, desk.rules, home.currency))];
  const payer = byAnyKnown(customer, desk.chance);
  if (desk.chance.percent(25)) return desk.pay({ ...payment, payer, truth });
  return desk.pay({ ...payment, payer, truth, texts: [text(desk, payment)], told: { named: [invoice] } });
}

/** More than the invoice: rounded up, twice the amount, or two digits swapped. */
export function overpaid(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = whole(desk, 'OVERPAID');
  const { invoice } = payment;
  const more = chance.weighted({ rounded: 50, twice: 20, any: 30 });
  const rounded = (invoice.open / 1_000_00n + 1n) * 1_000_00n;
  const any = invoice.open + BigInt(chance.whole(1_00, 5_000_00));
  const amount = more === 'rounded' ? rounded : more === 'twice' ? invoice.open * 2n : any;
  const over = { ...payment, amount, truth: [inFull(invoice)] };
  const payer = byAnyKnown(desk.ground.customer, chance);
  if (chance.percent(25)) return [desk.pay({ ...over, payer })];
  return [desk.pay({ ...over, payer, texts: [text(desk, over)], told: { named: [invoice] } })];
}
