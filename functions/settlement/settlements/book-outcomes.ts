import { backOn } from '../../../shared/money/came-back.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import type { Market } from '../markets/market.ts';
import type { PayoutTools } from '../tools.ts';
import type { DuePayout } from './book-payouts.ts';
import { changePayout } from './change-payout.ts';
import type { NettedPayout, PayoutLine } from './settlement.ts';
import { type Move, settlementTransfer } from './settlement-transfer.ts';

/** What became of payouts at the bank, and in netting: each is booked once, and what is asked for again stands. */

type Ledger = Pick<PayoutTools, 'ledger'>;

/** It arrived, and is not on its way any more. Throws NotAnsweredError where the ledger does not book it. */
export async function bookArrived(
  { ledger }: Ledger,
  { accounts }: Market,
  of: DuePayout,
  { id, amount }: PayoutLine,
  now: Date,
): Promise<void> {
  const move = { from: accounts.inTransit, to: accounts.paidOut, amount };
  await postOne(ledger, of, ['payout-paid', id], move, '分账到账 Payout arrived', now);
}

/**
 * It did not go, or came back, as is noted of it: that is owed to the merchant again, or makes up for what the merchant owes. Once that
 * is booked it is noted too; nothing where it is. Throws NotAnsweredError where the ledger does not book it, and those of changePayout.
 */
export async function bookBack(
  tools: Ledger & Pick<PayoutTools, 'store'>,
  market: Market,
  of: DuePayout,
  line: PayoutLine,
  now: Date,
): Promise<void> {
  if (!line.isUnbooked) return;
  if (line.state === 'RETURNED') await bookReturned(tools, market, of, line, now);
  else await postBack(tools, market, of, [line.id], { ...line, from: market.accounts.inTransit }, now);
  // Unless more came back meanwhile.
  const booked = ({ isUnbooked, returns, reason }: PayoutLine) =>
    isUnbooked && returns?.length === line.returns?.length ? { isUnbooked: false, ...defined({ reason }) } : undefined;
  await changePayout(tools.store, of.settlement, line.id, booked, now);
}

const back = '分账退汇 Payout back';

/**
 * It arrived and came back, in whole or in part, once or more often: that is owed to the merchant again, whether or not it was known
 * that it had arrived. Throws NotAnsweredError where the ledger does not book it.
 */
async function bookReturned(tools: Ledger, market: Market, of: DuePayout, line: PayoutLine, now: Date): Promise<void> {
  const { id, returns = [] } = line;
  if (returns.length === 0) return;
  await bookArrived(tools, market, of, line, now);
  for (const [place, { on, amount, settles }] of returns.entries()) {
    // By what came back on the day until then: as much may come back twice on one.
    const name = [id, on, `${backOn(returns.slice(0, place + 1), on)}`];
    await postBack(tools, market, of, name, { from: market.accounts.paidOut, amount, settles }, now);
  }
}

/** Both at once to where each belongs: what is owed no more is at no time the merchant's to be paid out. */
async function postBack(
  { ledger }: Ledger,
  { accounts }: Market,
  of: DuePayout,
  name: readonly string[],
  { from, amount, settles = 0n }: { from: string; amount: bigint; settles?: bigint | undefined },
  now: Date,
): Promise<void> {
  const owed = { from, to: of.payableAccountId, amount: amount - settles };
  const settled = { from, to: accounts.claims, amount: settles };
  if (owed.amount > 0n) await postOne(ledger, of, ['payout-back', ...name], owed, back, now);
  if (settled.amount > 0n) await postOne(ledger, of, ['payout-settles', ...name], settled, back, now);
}

/**
 * A netting cycle has paid it: it is owed no more. What it paid beyond that the merchant owes. Throws
 * NotAnsweredError where the ledger does not book it.
 */
export async function bookNetted(
  { ledger }: Ledger,
  { accounts }: Market,
  of: DuePayout,
  { cycleId, amount, beyond }: NettedPayout,
  now: Date,
): Promise<void> {
  const { id } = of.settlement;
  const to = accounts.paidOut;
  const moves = [
    { name: ['netted', id, cycleId], move: { from: of.payableAccountId, to, amount } },
    { name: ['netted-beyond', id, cycleId], move: { from: accounts.claims, to, amount: beyond } },
  ];
  for (const { name, move } of moves) {
    if (move.amount > 0n) await postOne(ledger, of, name, move, '轧差结算 Paid by netting', now);
  }
}

async function postOne(
  ledger: PayoutTools['ledger'],
  { settlement }: DuePayout,
  name: readonly string[],
  move: Move,
  description: string,
  now: Date,
): Promise<void> {
  const order = settlementTransfer(settlement, name, move, description);
  const [result] = await ledger.postTransfers(settlement.tenant, [order], now);
  if (result?.outcome === 'POSTED') return;
  throw new NotAnsweredError(`The ledger did not book ${order.name.join(' ')}: ${result?.problem.code}.`);
}
