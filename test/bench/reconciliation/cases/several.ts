import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { partOf } from '../amounts.ts';
import type { Desk, Payment } from '../desk.ts';
import { discountOf, termsFor } from '../field-rules.ts';
import { type Draft, inFull, type TrueAllocation } from '../labelled.ts';
import { respelt, tailOf } from '../numbers/number-spellings.ts';
import { byAnyKnown, byCustomer } from '../payers.ts';
import { cutAtEnd, inLines, lineLength, naming } from '../remittance.ts';
import { about, someDay } from './single-reference.ts';

/** One payment for several invoices. */

type SeveralPaid = Payment & { readonly invoices: readonly OpenInvoice[] };

/** All are named, in one text, in lines, or one in each text; paid in full, less discounts, or less a charge. */
export function severalNamed(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = several(desk, 'SEVERAL_NAMED', chance.weighted({ 2: 45, 3: 30, 4: 15, 6: 10 }));
  const numbers = payment.invoices.map(({ number }) => (chance.percent(15) ? respelt(number, chance) : number));
  const how = chance.weighted({ text: 50, lines: 30, texts: 20 });
  const line = naming(numbers, about(desk, payment), chance);
  const fits = line.length <= 4 * lineLength;
  const texts = how === 'texts' ? numbers : how === 'lines' && fits ? inLines(line) : [line];
  return [desk.pay({ ...payment, ...lessWhatIsKept(desk, payment), texts, told: { named: payment.invoices } })];
}

/** The first is written whole, of the others only the end; or the last of them is cut off with the text. */
export function severalShortened(desk: Desk): Draft[] {
  const { chance } = desk;
  if (chance.percent(40)) {
    const payment = several(desk, 'SEVERAL_SHORTENED', chance.whole(2, 4));
    const numbers = payment.invoices.map(({ number }) => number);
    const cut = cutAtEnd(numbers.at(-1) ?? '', numbers.slice(0, -1), about(desk, payment), chance);
    return [desk.pay({ ...payment, texts: inLines(cut), told: { named: payment.invoices.slice(0, -1), hint: 'CUT' } })];
  }
  const home = desk.home();
  const payment = paidTogether(desk, 'SEVERAL_SHORTENED', home, desk.series(home, chance.whole(2, 4)));
  const [first = '', ...others] = payment.invoices.map(({ number }) => number);
  const list = chance.percent(40)
    ? `${first}${chance.pick(['~', '-', '至'])}${tailOf(others.at(-1) ?? '')}`
    : [first, ...others.map(tailOf)].join(chance.pick(['/', ',', '、']));
  const told = { named: payment.invoices.slice(0, 1), hint: 'CUT' as const };
  return [desk.pay({ ...payment, texts: [`货款 ${list}`], told })];
}

/** All are named and the money is not enough; the payer keeps back a part of the last without saying so. */
export function severalShortPaid(desk: Desk): Draft[] {
  const { chance } = desk;
  const payment = several(desk, 'SEVERAL_SHORT_PAID', chance.whole(2, 3));
  const last = payment.invoices.at(-1) as OpenInvoice;
  const part = partOf(last.open, 20, 70, chance);
  const truth = payment.truth.map((one) => (one.invoiceId === last.id ? { ...one, cash: part } : one));
  const texts = [
    naming(
      payment.invoices.map(({ number }) => number),
      about(desk, payment),
      chance,
    ),
  ];
  const amount = payment.amount - last.open + part;
  return [desk.pay({ ...payment, amount, truth, texts, told: { named: payment.invoices } })];
}

/** None is named: the sum has to tell. */
export function severalUnnamed(desk: Desk): Draft[] {
  const { chance, ground } = desk;
  const payment = several(desk, 'SEVERAL_UNNAMED', chance.weighted({ 2: 50, 3: 30, 4: 15, 6: 5 }));
  return [desk.pay({ ...payment, payer: byAnyKnown(ground.customer, chance) })];
}

function several(desk: Desk, kind: Payment['kind'], count: number | string): SeveralPaid {
  const home = desk.home();
  return paidTogether(
    desk,
    kind,
    home,
    Array.from({ length: Number(count) }, () => desk.invoice(home)),
  );
}

function paidTogether(desk: Desk, kind: Payment['kind'], home: Payment['home'], invoices: OpenInvoice[]): SeveralPaid {
  const amount = invoices.reduce((sum, { open }) => sum + open, 0n);
  const payer = byCustomer(desk.ground.customer, desk.chance);
  return { kind, home, invoices, amount, paidOn: someDay(desk, ...invoices), payer, truth: invoices.map(inFull) };
}

/** Some keep the discounts of what they pay in time, some lose a bank's charge on the way. */
function lessWhatIsKept(desk: Desk, payment: SeveralPaid): { amount: bigint; truth: readonly TrueAllocation[] } {
  const { invoices, amount, paidOn, home, truth } = payment;
  const how = desk.chance.weighted({ nothing: 75, discounts: 15, charge: 10 });
  if (how === 'discounts') {
    const kept = invoices.map((invoice) => {
      const discount = discountOf(invoice, paidOn);
      return { ...inFull(invoice), cash: invoice.open - discount, discount };
    });
    return { amount: kept.reduce((sum, { cash }) => sum + cash, 0n), truth: kept };
  }
  const terms = termsFor(desk.ground.customer.known, desk.rules, home.currency);
  const least = invoices.reduce((one, other) => (one.open < other.open ? one : other));
  const charge = drawCharge(desk, least.open, terms.chargeMax, terms.basisPointsMax);
  if (how === 'nothing' || charge === 0n) return { amount, truth };
  const short = truth.map((one) => (one.invoiceId === least.id ? { ...one, cash: one.cash - charge, charge } : one));
  return { amount: amount - charge, truth: short };
}

/** What a bank takes, within the tolerance; zero where nothing fits. */
export function drawCharge({ chance }: Desk, open: bigint, chargeMax: bigint, basisPointsMax: bigint): bigint {
  const part = (open * basisPointsMax) / 10_000n;
  const most = Number(part < chargeMax ? part : chargeMax);
  const usual = [500, 1_000, 1_500, 2_000, 2_500, 5_000].filter((fee) => fee <= most);
  if (usual.length > 0 && chance.percent(80)) return BigInt(chance.pick(usual));
  return most > 0 ? BigInt(chance.whole(1, most)) : 0n;
}
