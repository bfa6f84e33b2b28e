import type { FieldFault } from '../../../shared/problems/problem.ts';
import { directionOf } from '../loans/contract-terms.ts';
import { loanPairsOf } from '../loans/loan-books.ts';
import { type LoanContract, type Member, type Pool, pairOf } from '../pool.ts';
import { termsMeet } from '../schedule/term.ts';
import { levelsMax } from '../sweeps/sweep-tree.ts';
import type { DownAgreement, UpAgreement } from './agreement.ts';
import type { ReadMembers } from './read-members.ts';

/** Why the accounts form no tree: an account twice, itself or nobody as parent, a cycle, too many levels. */
export function treeFaults({ rootAccountId }: Pick<Pool, 'rootAccountId'>, members: readonly Member[]): FieldFault[] {
  const faults: FieldFault[] = [];
  const parents = new Map<string, string>();
  for (const [index, { accountId, parentId }] of members.entries()) {
    if (accountId === rootAccountId) {
      faults.push({
        pointer: `/members/${index}/accountId`,
        detail: 'Leave the header (in a LEDGER pool, the main ledger) out of the members; it has `header`.',
      });
    } else if (parents.has(accountId)) {
      faults.push({ pointer: `/members/${index}/accountId`, detail: 'The account is named twice; it has one parent.' });
    } else parents.set(accountId, parentId);
  }
  const depths = new Map([[rootAccountId, 0]]);
  for (const [index, { accountId, parentId }] of members.entries()) {
    const detail = parentFault(accountId, parentId, parents, depths);
    if (detail) faults.push({ pointer: `/members/${index}/parentAccountId`, detail });
  }
  return faults;
}

function parentFault(
  accountId: string,
  parentId: string,
  parents: ReadonlyMap<string, string>,
  depths: Map<string, number>,
): string | undefined {
  if (!depths.has(parentId) && !parents.has(parentId))
    return 'The parent is neither the header (in a LEDGER pool, the main ledger) nor a member.';
  const trail: string[] = [];
  let at: string | undefined = accountId;
  while (at !== undefined && !depths.has(at)) {
    if (trail.includes(at)) return 'The account stands above itself: the parents form a cycle.';
    if (trail.length > levelsMax) return `A tree has at most ${levelsMax} levels below its top.`;
    trail.push(at);
    at = parents.get(at);
  }
  const top = at === undefined ? undefined : depths.get(at);
  // Somebody further up has the fault and is told of it.
  if (top === undefined) return undefined;
  if (top + trail.length > levelsMax) return `A tree has at most ${levelsMax} levels below its top.`;
  for (const [place, id] of trail.reverse().entries()) depths.set(id, top + place + 1);
  return undefined;
}

/** Agreements of one trigger and direction take turns; two in force on one day would contradict each other. */
export function agreementFaults({ header, members }: Pick<ReadMembers, 'header' | 'members'>): FieldFault[] {
  const { investment } = header;
  const sides = [
    ...members.map((member, index) => ({ ...member, at: `/members/${index}` })),
    ...(investment ? [{ ...investment, at: '/header/investment' }] : []),
  ];
  return sides.flatMap(({ up, down, at }) => [...overlaps(up, `${at}/up`), ...overlaps(down, `${at}/down`)]);
}

/** Why the investment account cannot stand above the header. */
export function investmentFaults(
  { kind, headerAccountId }: Pick<Pool, 'kind' | 'headerAccountId'>,
  { header, members }: Pick<ReadMembers, 'header' | 'members'>,
  holders: ReadonlyMap<string, { readonly holder: string }>,
): FieldFault[] {
  const { investment } = header;
  if (!investment) return [];
  const pointer = '/header/investment';
  if (kind !== 'PHYSICAL') return [{ pointer, detail: 'Only the header of a PHYSICAL pool invests; leave it out.' }];
  const isTaken =
    investment.accountId === headerAccountId || members.some(({ accountId }) => accountId === investment.accountId);
  const detail = 'Name an account that is neither the header nor a member.';
  if (isTaken) return [{ pointer: `${pointer}/accountId`, detail }];
  const [own, other] = [holders.get(headerAccountId)?.holder, holders.get(investment.accountId)?.holder];
  if (other === own || other === header.entity) return [];
  const foreign = `Its holder is ${other}, that of the header ${own}: money of one entity with another is a loan. Name an account of the same holder.`;
  return [{ pointer: `${pointer}/accountId`, detail: foreign }];
}

function overlaps(agreements: readonly (UpAgreement | DownAgreement)[], at: string): FieldFault[] {
  return agreements.flatMap((one, index) => {
    const earlier = agreements
      .slice(0, index)
      .findIndex((other) => other.trigger === one.trigger && termsMeet(other, one));
    if (earlier < 0) return [];
    return [
      {
        pointer: `${at}/${index}/effectiveFrom`,
        detail: `It is in force together with agreement ${earlier} of the same trigger.`,
      },
    ];
  });
}

/**
 * Two contracts for one direction at a time, and contracts for loans that no sweep of this tree makes: their ceilings would guard nothing.
 */
export function contractFaults(
  pool: Pick<Pool, 'rootAccountId'>,
  { header, members, contracts }: Pick<ReadMembers, 'header' | 'members' | 'contracts'>,
): FieldFault[] {
  const joined = new Set(loanPairsOf(pool, { header, members }).map(({ pair }) => pair));
  const known = new Map<string, { index: number; contract: LoanContract }[]>();
  return contracts.flatMap((contract, index) => {
    const { lender, borrower } = contract;
    const sameWay = known.get(directionOf(contract)) ?? [];
    known.set(directionOf(contract), [...sameWay, { index, contract }]);
    const earlier = sameWay.find((one) => termsMeet(one.contract, contract));
    if (earlier) {
      const detail = `Contract ${earlier.index} is between the same lender and borrower at the same time; send one, or terms that follow each other.`;
      return [{ pointer: `/loans/${index}`, detail }];
    }
    if (joined.has(pairOf(lender, borrower))) return [];
    const detail = `No account of ${lender} stands next to one of ${borrower} in the tree, so no sweep lends between them.`;
    return [{ pointer: `/loans/${index}`, detail }];
  });
}
