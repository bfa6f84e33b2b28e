import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { partOf } from '../amounts.ts';
import type { Desk } from '../desk.ts';
import type { Draft } from '../labelled.ts';
import { byAnyKnown, byCustomer } from '../payers.ts';
import { text, whole } from './single-reference.ts';

/** Payments of a part of an invoice. */

export function partNamed(desk: Desk): Draft[] {
  const payment = whole(desk, 'PART_NAMED');
  const amount = partOf(payment.amount, 15, 85, desk.chance);
  const truth = [{ invoiceId: payment.invoice.id, cash: amount, discount: 0n, charge: 0n }];
  const part = { ...payment, amount, truth };
  return [desk.pay({ ...part, texts: [text(desk, part)], told: { named: [payment.invoice] } })];
}

/** It may be the customer's only invoice, or one of two at least. */
export function partUnnamed(desk: Desk): Draft[] {
  const payment = whole(desk, 'PART_UNNAMED');
  if (desk.chance.percent(50)) desk.invoice(payment.home);
  const amount = partOf(payment.amount, 15, 85, desk.chance);
  const truth = [{ invoiceId: payment.invoice.id, cash: amount, discount: 0n, charge: 0n }];
  return [desk.pay({ ...payment, payer: byAnyKnown(desk.ground.customer, desk.chance), amount, truth })];
}

/** Two to four payments that name one invoice and together pay it; the first ones are often of one amount. */
export function instalments(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = whole(desk, 'INSTALMENTS');
  const { invoice, paidOn } = payment;
  const count = chance.whole(2, 4);
  const equal = chance.percent(60);
  const share = BigInt(count);
  const parts = Array.from({ length: count - 1 }, () =>
    equal ? payment.amount / share : partOf(payment.amount / share, 50, 100, chance),
  );
  const amounts = [...parts, payment.amount - parts.reduce((sum, part) => sum + part, 0n)];
  return amounts.map((amount, n) => {
    const part = { ...payment, amount, paidOn: addDays(paidOn, n * chance.whole(3, 20)) };
    return desk.pay({
      ...part,
      payer: byCustomer(desk.ground.customer, chance),
      texts: [text(desk, part)],
      told: { named: [invoice] },
      truth: [{ invoiceId: invoice.id, cash: amount, discount: 0n, charge: 0n }],
    });
  });
}
