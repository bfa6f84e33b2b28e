import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { nodesOf, type Reading } from '../read-situation.ts';
import { loanOf } from '../runs/plan-run.ts';
import { type Funded, type Funding, fundPayment } from '../sweeps/fund-payment.ts';
import { limitedBasis } from '../sweeps/funding-basis.ts';
import { stateOf } from '../sweeps/member-states.ts';
import { reasons } from '../sweeps/reasons.ts';
import { standingAgreement } from '../sweeps/rule-in-force.ts';
import type { LoanState, SweepNode } from '../sweeps/sweep-node.ts';
import type { Payment, PaymentFunding, Refusal } from './payment.ts';

export type PaymentPlan =
  | { readonly outcome: 'FUNDED'; readonly funding: readonly PaymentFunding[]; readonly payerKeeps?: bigint }
  | { readonly outcome: 'REFUSED'; readonly refusal: Refusal };

/** How a payment is funded, as the path from its account up to the header stands now; pure. */
export function planPayment(reading: Reading, payment: Pick<Payment, 'amount' | 'businessDate'>): PaymentPlan {
  const { businessDate } = payment;
  const { nodes, loans } = nodesOf(reading, { trigger: 'REAL_TIME', businessDate, runNumber: 1 });
  const [header, ...members] = nodes;
  if (!header) throw new Error('A pool has a header.');
  const [payerNode = header, ...above] = [...members, header];
  const floor = reading.situation.accounts.get(payerNode.id)?.floor ?? 0n;
  const { available } = payerNode;
  const kept = floor > 0n ? floor : 0n;
  // The least that its account may hold is not its own to pay with.
  const payer = { ...payerNode, available: available - kept };
  const path = [payer, ...above].map((node) => fundedBy(reading, node, loans, businessDate));
  const plan = fundPayment(path, payment.amount);
  if (plan.outcome === 'REFUSED') {
    // An overdraft of its own pays where the pool does not.
    if (payerNode.unlimitedOverdraft) return { outcome: 'FUNDED', funding: [] };
    if (floor < 0n && payment.amount <= available - floor) return { outcome: 'FUNDED', funding: [], payerKeeps: floor };
    const { reason, accountId, short } = plan;
    return { outcome: 'REFUSED', refusal: { detail: `${accountId}: ${reasons[reason]}`, reason, accountId, short } };
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const funding = plan.funding.map((one): PaymentFunding => {
    const node = byId.get(one.accountId);
    const loan = node && loanOf(node, 'DOWN', loans, reading.situation.configuration.loanBooks);
    const receipts = node?.receipts?.DOWN;
    const counted = node?.counted?.DOWN;
    return {
      ...one,
      ...(loan && { loan: isLedgerBound(reading, one, businessDate) ? { ...loan, bound: 0n } : loan }),
      ...(receipts && { receipts }),
      ...(counted && { counted }),
    };
  });
  return { outcome: 'FUNDED', funding, payerKeeps: available < kept ? available : kept };
}

/** Whether the loan may not turn against the member: two payments planned at once find the same internal ledger. */
function isLedgerBound({ situation }: Reading, { accountId }: Funding, date: PlainDate): boolean {
  const member = situation.configuration.members.find((one) => one.accountId === accountId);
  const basis = member && standingAgreement(member.down, 'REAL_TIME', date)?.basis;
  return basis === 'LEDGER' || basis === 'BOTH';
}

function fundedBy({ situation }: Reading, node: SweepNode, loans: readonly LoanState[], date: PlainDate): Funded {
  const member = situation.configuration.members.find(({ accountId }) => accountId === node.id);
  const agreement = member && standingAgreement(member.down, 'REAL_TIME', date);
  if (!agreement) return { node, order: 'CHILD_FIRST', levels: 1 };
  const state = stateOf(situation.states, member);
  const bound = limitedBasis(agreement.basis, state, node, loans);
  return { node, order: agreement.order, levels: agreement.levels ?? 1, ...(bound && { bound }) };
}
