import { positive } from '../../../shared/money/compare.ts';
import type { DownAgreement } from '../members/agreement.ts';
import type { MemberState } from '../pool.ts';
import { loanRoomOf } from './loan-room.ts';
import type { Reason } from './reasons.ts';
import type { LoanState, SweepNode } from './sweep-node.ts';

/**
 * What bounds a funding in real time besides its limits (下拨额度控制): what the pool holds of the member (POSITION), what
 * its internal ledger against the parent's entity shows (LEDGER; within one entity that is the position), or the smaller of
 * both; and always the ceiling of the loan. Undefined where nothing does.
 */
export function limitedBasis(
  basis: DownAgreement['basis'],
  { position }: Pick<MemberState, 'position'>,
  node: SweepNode,
  loans: readonly LoanState[],
): { amount: bigint; reason: Reason } | undefined {
  const ledger = ledgerBalance(node, loans) ?? position;
  const ceiling = loanRoomOf(loans, node, 'DOWN');
  const bounds = [
    ...(basis === 'POSITION' || basis === 'BOTH' ? [{ amount: positive(position), reason: 'POSITION' as const }] : []),
    ...(basis === 'LEDGER' || basis === 'BOTH' ? [{ amount: positive(ledger), reason: 'POSITION' as const }] : []),
    ...(ceiling === undefined ? [] : [{ amount: ceiling, reason: 'LOAN_CEILING' as const }]),
  ];
  const [first, ...others] = bounds;
  return (
    first &&
    others.reduce<{ amount: bigint; reason: Reason }>((least, one) => (one.amount < least.amount ? one : least), first)
  );
}

/** What the member has lent upward, by the books; negative what it owes. */
function ledgerBalance({ loan }: SweepNode, loans: readonly LoanState[]): bigint | undefined {
  const state = loan && loans.find(({ pair }) => pair === loan.pair);
  if (!state) return undefined;
  return loan?.child === 'FIRST' ? state.position : -state.position;
}
