import type { Desk } from '../desk.ts';
import { type Draft, inFull } from '../labelled.ts';
import { byAccount, byAnyKnown, byName, byNearName, byVirtualAccount } from '../payers.ts';
import { someDay, whole } from './single-reference.ts';

/** Payments in full that name no invoice: who paid is known, or seems to be, and the amount has to tell. */

export function accountAndAmount(desk: Desk): Draft[] {
  const payment = whole(desk, 'ACCOUNT_AND_AMOUNT');
  return [desk.pay({ ...payment, payer: byAccount(desk.ground.customer, desk.chance) })];
}

export function nameAndAmount(desk: Desk): Draft[] {
  const payment = whole(desk, 'NAME_AND_AMOUNT');
  return [desk.pay({ ...payment, payer: byName(desk.ground.customer, desk.chance) })];
}

export function misspeltName(desk: Desk): Draft[] {
  const payment = whole(desk, 'NAME_MISSPELT');
  return [desk.pay({ ...payment, payer: byNearName(desk.ground.customer, desk.chance) })];
}

/** The customer's own number to pay to, or that of a contract with one invoice or several. */
export function virtualAccount(desk: Desk): Draft[] {
  const { chance, ground } = desk;
  const own = ground.customer.virtualAccount;
  if (own && chance.percent(50)) {
    const payment = whole(desk, 'VIRTUAL_ACCOUNT');
    return [desk.pay({ ...payment, payer: byVirtualAccount(own.accountKey, ground.customer, chance) })];
  }
  const contract = desk.nextId('ord');
  const home = desk.home();
  const count = chance.whole(1, 3);
  const invoices = Array.from({ length: count }, () => desk.invoice(home, { references: { contract } }));
  const accountKey = `va-${contract}`;
  ground.virtualAccounts.push({ accountKey, customerId: ground.customer.known.id, reference: contract });
  const paid = chance.percent(50) ? invoices : invoices.slice(0, 1);
  return [
    desk.pay({
      kind: 'VIRTUAL_ACCOUNT',
      home,
      amount: paid.reduce((sum, { open }) => sum + open, 0n),
      paidOn: someDay(desk, ...paid),
      payer: byVirtualAccount(accountKey, ground.customer, chance),
      told: { contract },
      truth: paid.map(inFull),
    }),
  ];
}

/** Two invoices of one amount; it names none. */
export function equalAmounts(desk: Desk): Draft[] {
  const payment = whole(desk, 'EQUAL_AMOUNTS');
  const { open } = payment.invoice;
  desk.invoice(payment.home, { amount: open, open });
  return [desk.pay({ ...payment, payer: byAnyKnown(desk.ground.customer, desk.chance) })];
}
