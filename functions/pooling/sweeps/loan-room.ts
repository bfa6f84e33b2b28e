import { positive } from '../../../shared/money/compare.ts';
import type { LoanState, SweepNode } from './sweep-node.ts';

/** How much more the loan on the edge above an account lets go up, or down; undefined without a ceiling. Minor units. */
export function loanRoomOf(loans: readonly LoanState[], node: SweepNode, way: 'UP' | 'DOWN'): bigint | undefined {
  const state = node.loan && loans.find(({ pair }) => pair === node.loan?.pair);
  return state && node.loan && roomOf(state, state.position, (node.loan.child === 'FIRST') === (way === 'UP'));
}

/** What a loan at a position leaves to one of its sides to lend: what was borrowed comes back first. */
export function roomOf(
  { firstLendsMax, secondLendsMax }: Pick<LoanState, 'firstLendsMax' | 'secondLendsMax'>,
  position: bigint,
  firstLends: boolean,
): bigint | undefined {
  if (firstLends) return firstLendsMax === undefined ? undefined : positive(firstLendsMax - position);
  return secondLendsMax === undefined ? undefined : positive(secondLendsMax + position);
}
