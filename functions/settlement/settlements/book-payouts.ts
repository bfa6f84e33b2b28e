import { isFinal, isRemembered, NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import type { TransferOrder } from '../../ledger/published.ts';
import type { Market } from '../markets/market.ts';
import type { PayoutTools } from '../tools.ts';
import { changePayout } from './change-payout.ts';
import { lastPayout, type PayoutLine, type Settlement } from './settlement.ts';
import { settlementTransfer } from './settlement-transfer.ts';

/** A settlement whose last payout is due, and the account of what is owed to its merchant. */
export interface DuePayout {
  readonly settlement: Settlement;
  readonly payableAccountId: string;
}

/**
 * Books payouts that are due, each once whoever else does: to the ledger account, which pays it; or as on its way to the bank, as
 * part of the message. Never more than there is for the merchant: then it waits for funds. Answers the settlements as they are
 * afterwards. Throws NotAnsweredError where the ledger could not say of some; the others stand.
 */
export async function bookPayouts(
  { store, ledger }: Pick<PayoutTools, 'store' | 'ledger'>,
  market: Market,
  due: readonly DuePayout[],
  messageId: string,
  now: Date,
): Promise<Settlement[]> {
  const asked = due.flatMap(({ settlement, payableAccountId }) => {
    const line = lastPayout(settlement);
    return line?.state === 'DUE'
      ? [{ settlement, line, order: orderOf(settlement, line, payableAccountId, market) }]
      : [];
  });
  if (asked.length === 0) return [];
  const orders = asked.map(({ order }) => order);
  const results = await ledger.postTransfers(market.tenant, orders, now);
  const after: Settlement[] = [];
  let isUnanswered = false;
  for (const [place, { settlement, line }] of asked.entries()) {
    const result = results[place];
    if (!result || (result.outcome === 'REFUSED' && !isFinal(result.problem))) {
      isUnanswered = true;
      continue;
    }
    const booked = result.outcome === 'POSTED' ? bookedAs(line, messageId) : refusedAs(line, result.problem);
    const change = ({ state, attempt }: PayoutLine) =>
      state === 'DUE' && attempt === line.attempt ? booked : undefined;
    after.push(await changePayout(store, settlement, line.id, change, now));
  }
  if (isUnanswered) throw new NotAnsweredError('The ledger could not book all payouts at the moment.');
  return after;
}

function orderOf(
  settlement: Settlement,
  { id, attempt, amount, to }: PayoutLine,
  payableAccountId: string,
  { accounts }: Market,
): TransferOrder {
  const move = { from: payableAccountId, to: to.to === 'LEDGER' ? to.accountId : accounts.inTransit, amount };
  return {
    ...settlementTransfer(settlement, ['payout', id, String(attempt)], move, '分账结算 Payout'),
    guards: [{ accountId: payableAccountId, freeMin: 0n }],
  };
}

function bookedAs(line: PayoutLine, messageId: string) {
  return line.to.to === 'LEDGER' ? { state: 'PAID' as const } : { state: 'SENDING' as const, messageId };
}

/**
 * By these it is the account of what is owed to the merchant that gives nothing: by the guard not as much, or nothing while it is frozen.
 */
const notGiven: ReadonlySet<string> = new Set(['ledger/condition-not-met', 'ledger/account-frozen']);

/** What the ledger refused it never books under the same name. */
function refusedAs(line: PayoutLine, problem: Problem) {
  const attempt = line.attempt + (isRemembered(problem) ? 1 : 0);
  const isWaiting = notGiven.has(problem.code) || line.to.to === 'BANK';
  const state = isWaiting ? ('PENDING_FUNDS' as const) : ('FAILED' as const);
  return { state, attempt, reason: problem.fields.detail };
}
