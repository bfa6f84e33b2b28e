import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { addDays, type PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Desk, Payment } from '../desk.ts';
import { type Draft, inFull } from '../labelled.ts';
import { drawName, drawPerson, written } from '../names/company-names.ts';
import { cut, respelt, tailOf } from '../numbers/number-spellings.ts';
import { byAnyKnown, byCustomer, byStranger } from '../payers.ts';
import { acrossLines, cutAtEnd, inLines, naming } from '../remittance.ts';

/** Payments in full of one invoice that they name in one way or another. */

export function structured(desk: Desk): Draft[] {
  const payment = whole(desk, 'STRUCTURED_REFERENCE');
  const field = desk.chance.pick(['invoice', 'creditorReference', 'endToEndId']);
  return [
    desk.pay({ ...payment, references: { [field]: payment.invoice.number }, told: { named: [payment.invoice] } }),
  ];
}

export function inText(desk: Desk): Draft[] {
  const payment = whole(desk, 'TEXT_REFERENCE');
  return [desk.pay({ ...payment, texts: [text(desk, payment)], told: { named: [payment.invoice] } })];
}

export function inTextRespelt(desk: Desk): Draft[] {
  const payment = whole(desk, 'TEXT_RESPELT');
  const number = respelt(payment.invoice.number, desk.chance);
  return [desk.pay({ ...payment, texts: [text(desk, payment, number)], told: { named: [payment.invoice] } })];
}

/** The end of a line falls into the number. */
export function inTextLines(desk: Desk): Draft[] {
  const payment = whole(desk, 'TEXT_IN_LINES');
  const texts = inLines(acrossLines(payment.invoice.number, about(desk, payment), desk.chance));
  return [desk.pay({ ...payment, texts, told: { named: [payment.invoice] } })];
}

/** The end of the text falls into the number, or only its last group was written. */
export function cutShort(desk: Desk): Draft[] {
  const payment = whole(desk, 'TEXT_CUT_AT_END');
  const { number } = payment.invoice;
  const how = desk.chance.weighted({ lines: 40, cut: 30, tail: 30 });
  const texts =
    how === 'lines'
      ? inLines(cutAtEnd(number, [], about(desk, payment), desk.chance))
      : [how === 'cut' ? `货款 ${cut(number, desk.chance)}` : text(desk, payment, tailOf(number))];
  return [desk.pay({ ...payment, texts, told: { hint: 'CUT' } })];
}

/** A parent company, an owner or a paying agent pays, and says for what. */
export function byThirdParty(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = whole(desk, 'THIRD_PARTY_NAMES_IT');
  const stranger = chance.percent(50) ? drawPerson(chance) : written(drawName(chance));
  return [
    desk.pay({
      ...payment,
      payer: byStranger(stranger, chance),
      texts: [text(desk, payment)],
      told: { named: [payment.invoice] },
    }),
  ];
}

/** It names its own order, which is on the invoice. */
export function byOrder(desk: Desk): Draft[] {
  const order = desk.nextId('ord');
  const payment = whole(desk, 'ORDER_NAMED', { references: { [desk.chance.pick(['order', 'contract'])]: order } });
  return [
    desk.pay({
      ...payment,
      payer: byAnyKnown(desk.ground.customer, desk.chance),
      texts: [text(desk, payment, order)],
      told: { contract: order },
    }),
  ];
}

/** The number it names is another customer's. */
export function mistyped(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = whole(desk, 'NUMBER_MISTYPED');
  const others = desk.others.get(payment.home.entity) ?? [];
  const number = others.length > 0 ? chance.pick(others).number : cut(payment.invoice.number, chance);
  const payer = byAnyKnown(desk.ground.customer, chance);
  return [desk.pay({ ...payment, payer, texts: [text(desk, payment, number)], told: { hint: 'WRONG' } })];
}

export function whole(
  desk: Desk,
  kind: Payment['kind'],
  over: Partial<OpenInvoice> = {},
): Payment & { readonly invoice: OpenInvoice } {
  const home = desk.home();
  const invoice = desk.invoice(home, over);
  const payer = byCustomer(desk.ground.customer, desk.chance);
  return { kind, home, invoice, amount: invoice.open, paidOn: someDay(desk, invoice), payer, truth: [inFull(invoice)] };
}

/** Early or late, but not before it was issued. */
export function someDay({ chance }: Desk, ...invoices: readonly OpenInvoice[]): PlainDate {
  const issued = invoices.map(({ issuedOn }) => issuedOn).reduce((one, other) => (one > other ? one : other));
  return addDays(issued, chance.whole(3, 75));
}

export function text(desk: Desk, payment: Payment & { readonly invoice: OpenInvoice }, number?: string): string {
  return naming([number ?? payment.invoice.number], about(desk, payment), desk.chance);
}

export function about(desk: Desk, { paidOn, amount }: Pick<Payment, 'paidOn' | 'amount'>) {
  return { script: desk.ground.customer.name.script, paidOn, amount };
}
