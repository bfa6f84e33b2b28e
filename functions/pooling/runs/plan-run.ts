import type { Configuration, LoanBook } from '../pool.ts';
import { type SweepLeg, sidesOf } from '../sweeps/net-legs.ts';
import type { SweepPlan } from '../sweeps/plan-sweeps.ts';
import { isIdle, type LoanState, type SweepNode } from '../sweeps/sweep-node.ts';
import { type LegLoan, phaseOf, type RunLeg, type StoredPlan, type Totals } from './run.ts';

/** Legs that are carried out and noted together. */
export const legsPerBlockMax = 100;

/** A plan as it is stored and carried out: legs numbered in order, with their loans, in blocks that keep to one phase. */
export function storedPlan(
  plan: SweepPlan,
  nodes: readonly SweepNode[],
  loans: readonly LoanState[],
  configuration: Configuration,
): StoredPlan {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const pairs = new Map(loans.map((state) => [state.pair, [state]]));
  const books = new Map(configuration.loanBooks.map((book) => [book.pair, [book]]));
  const balances = new Map(nodes.map(({ id, available }) => [id, available]));
  const positions = new Map(loans.map(({ pair, position }) => [pair, position]));
  const legs = plan.legs.map((leg, index): RunLeg => {
    const node = byId.get(leg.accountId);
    const whole = leg.direction === 'DOWN' && node && !isIdle(node.down) && !node.down.partialAllowed;
    const pair = node?.loan?.pair ?? '';
    const made = node && loanOf(node, leg.direction, pairs.get(pair) ?? [], books.get(pair) ?? []);
    const loan = made && asPlanned(made, leg.amount, positions, pair);
    const receipts = node?.receipts?.[leg.direction];
    const counted = node?.counted?.[leg.direction];
    return {
      ...leg,
      number: index + 1,
      payerLeft: leftAfter(leg, balances),
      ...(whole && { whole: true as const }),
      ...(loan && { loan }),
      ...(receipts && { receipts }),
      ...(counted && { counted }),
    };
  });
  return { blocks: inBlocks(legs.map((leg) => withSpare(leg, balances))), idle: plan.idle };
}

function withSpare(leg: RunLeg, atEnd: ReadonlyMap<string, bigint>): RunLeg {
  if (leg.payerKeeps === undefined) return leg;
  const spare = (atEnd.get(sidesOf(leg).payer) ?? 0n) - leg.payerKeeps;
  return spare > 0n ? { ...leg, payerSpare: spare } : leg;
}

/** What the payer is left with after a leg, of the balances as the legs before it left them. */
function leftAfter(leg: SweepLeg, balances: Map<string, bigint>): bigint {
  const { payer, payee } = sidesOf(leg);
  const left = (balances.get(payer) ?? 0n) - leg.amount;
  balances.set(payer, left);
  balances.set(payee, (balances.get(payee) ?? 0n) + leg.amount);
  return left;
}

/**
 * The bound of a loan that several legs of a plan make and pay back: its ceiling, or what the plan itself has it stand at
 * after the leg. A plan ends within its ceilings; on the way there a loan may stand beyond, until a later leg pays it back.
 */
function asPlanned(loan: LegLoan, amount: bigint, positions: Map<string, bigint>, pair: string): LegLoan {
  const position = (positions.get(pair) ?? 0n) + (loan.side === 'CREDIT' ? amount : -amount);
  positions.set(pair, position);
  if (loan.bound === undefined) return loan;
  const isBeyond = loan.side === 'CREDIT' ? position > loan.bound : position < loan.bound;
  return isBeyond ? { ...loan, bound: position } : loan;
}

/** How money on the edge above an account is booked on the loan between the two entities; undefined within one entity. */
export function loanOf(
  { loan }: SweepNode,
  direction: SweepLeg['direction'],
  loans: readonly LoanState[],
  books: readonly LoanBook[],
): LegLoan | undefined {
  const book = loan && books.find(({ pair }) => pair === loan.pair);
  if (!book) return undefined;
  const firstLends = (loan.child === 'FIRST') === (direction === 'UP');
  const state = loans.find(({ pair }) => pair === book.pair);
  const most = firstLends ? state?.firstLendsMax : state?.secondLendsMax;
  return {
    accountId: book.accountId,
    controlId: book.controlId,
    side: firstLends ? 'CREDIT' : 'DEBIT',
    ...(most !== undefined && { bound: firstLends ? most : -most }),
  };
}

function inBlocks(legs: readonly RunLeg[]): RunLeg[][] {
  const blocks: RunLeg[][] = [];
  for (const leg of legs) {
    const block = blocks.at(-1);
    const last = block?.[0];
    if (block && last && phaseOf(last) === phaseOf(leg) && block.length < legsPerBlockMax) block.push(leg);
    else blocks.push([leg]);
  }
  return blocks;
}

export function totalsOf(legs: readonly Pick<SweepLeg, 'direction' | 'amount'>[]): Totals {
  const sum = (way: SweepLeg['direction']) =>
    legs.reduce((total, { direction, amount }) => (direction === way ? total + amount : total), 0n);
  return { up: sum('UP'), down: sum('DOWN') };
}
