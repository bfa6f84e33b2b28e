import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { drawAmount } from '../amounts.ts';
import { type Home, ownNames } from '../customer.ts';
import type { Desk } from '../desk.ts';
import { type Draft, inFull } from '../labelled.ts';
import { drawName, drawPerson, written } from '../names/company-names.ts';
import { byAnyKnown, byName, byStranger } from '../payers.ts';
import { someDay, text, whole } from './single-reference.ts';

/** Money that must not clear an invoice by itself, whatever it looks like. */

/** The same payment on another day: the first pays, the second pays nothing. */
export function duplicate(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = { ...whole(desk, 'DUPLICATE'), payer: byAnyKnown(desk.ground.customer, chance) };
  const named = chance.percent(70);
  const said = named ? { texts: [text(desk, payment)] } : {};
  const told = { named: named ? [payment.invoice] : [] };
  const again = addDays(payment.paidOn, chance.whole(1, 20));
  return [
    desk.pay({ ...payment, ...said, told: { ...told, twice: 'FIRST' } }),
    desk.pay({ ...payment, ...said, paidOn: again, truth: [], meant: [], told: { ...told, twice: 'SECOND' } }),
  ];
}

/** A prepayment or deposit for which there is no invoice yet. */
export function onAccount(desk: Desk): Draft[] {
  const { chance, ground } = desk;
  const home = desk.home();
  const texts = [chance.pick(['预付款', '预付货款', '定金', '保证金', 'Prepayment', 'Deposit for new order'])];
  const amount = drawAmount(ground.customer.habit, chance);
  const paidOn = addDays('2025-02-01', chance.whole(0, 150));
  const payer = byAnyKnown(ground.customer, chance);
  return [desk.pay({ kind: 'ON_ACCOUNT', home, amount, paidOn, payer, texts, truth: [] })];
}

export function disputed(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = whole(desk, 'DISPUTED', { disputed: true });
  const payer = byAnyKnown(desk.ground.customer, chance);
  if (chance.percent(30)) return [desk.pay({ ...payment, payer })];
  return [desk.pay({ ...payment, payer, texts: [text(desk, payment)], told: { named: [payment.invoice] } })];
}

/** It names the invoice and pays its figure in another currency. */
export function wrongCurrency(desk: Desk): Draft[] {
  const payment = whole(desk, 'WRONG_CURRENCY');
  const currency = desk.chance.pick(['CNY', 'USD', 'EUR', 'HKD'].filter((one) => one !== payment.home.currency));
  return [elsewhere(desk, payment, { ...payment.home, currency })];
}

/** It is sent to the account of another legal entity than the one that issued the invoice. */
export function wrongEntity(desk: Desk): Draft[] {
  const payment = whole(desk, 'WRONG_ENTITY');
  const entity = desk.chance.pick(['YD-SH', 'YD-SZ', 'YD-EU'].filter((one) => one !== payment.home.entity));
  return [elsewhere(desk, payment, { ...payment.home, entity })];
}

function elsewhere(desk: Desk, payment: ReturnType<typeof whole>, home: Home): Draft {
  const payer = byAnyKnown(desk.ground.customer, desk.chance);
  const meant = [payment.invoice.id];
  if (desk.chance.percent(25)) return desk.pay({ ...payment, payer, home, truth: [], meant });
  const said = { texts: [text(desk, payment)], told: { named: [payment.invoice] } };
  return desk.pay({ ...payment, ...said, payer, home, truth: [], meant });
}

/** Another company whose name is nearly the customer's pays the amount of the customer's invoice; or the customer does. */
export function lookAlike(desk: Desk): Draft[] {
  const { chance, ground } = desk;
  const payment = whole(desk, 'LOOK_ALIKE');
  if (!ground.twin || chance.percent(40)) return [desk.pay({ ...payment, payer: byName(ground.customer, chance) })];
  const payer = byName(ground.twin.customer, chance);
  return [desk.pay({ ...payment, payer, truth: [], meant: [] })];
}

/** Our own money, from another entity of ours; the amount may well be an invoice's. */
export function internalTransfer(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = whole(desk, 'INTERNAL_TRANSFER');
  const texts = [
    chance.pick([
      '内部调拨',
      '资金归集',
      '内部往来 资金上划',
      'CASH POOLING',
      `归集 ${payment.paidOn.replaceAll('-', '')}`,
    ]),
  ];
  return [desk.pay({ ...payment, payer: byStranger(chance.pick(ownNames), chance), texts, truth: [], meant: [] })];
}

/** Somebody the books do not know pays an invoice and does not say which. */
export function unknownPayer(desk: Desk): Draft[] {
  const { chance } = desk;
  const home = desk.home();
  const invoice = desk.invoice(home);
  const stranger = chance.percent(50) ? drawPerson(chance) : written(drawName(chance));
  return [
    desk.pay({
      kind: 'UNKNOWN_PAYER',
      home,
      amount: invoice.open,
      paidOn: someDay(desk, invoice),
      payer: byStranger(stranger, chance),
      truth: [inFull(invoice)],
    }),
  ];
}
