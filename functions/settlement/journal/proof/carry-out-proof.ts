import { addDays, businessDateOf, type PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../../shared/dynamo/decide-and-write.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type * as ledger from '../../../ledger/published.ts';
import { dropLease, type KeptWork, takeLease } from '../../background/asked-work.ts';
import { findMarket } from '../../markets/keep-market.ts';
import { problems } from '../../problems.ts';
import type { ProvingStore } from '../../store.ts';
import { addsUp } from '../order-sums.ts';
import { DayTooLargeError, type HeldLimits } from './changed-orders.ts';
import { type BegunProof, counted, type MarketRef, nothingWrong, type Proof, type ProofResult } from './proof.ts';
import { isRight, type ProvenRole, proveAccounts } from './prove-accounts.ts';
import { type ProvenChanges, proveChanges } from './prove-changes.ts';
import { sumsGiven } from './sums-given.ts';

export interface ProofTools {
  readonly store: ProvingStore;
  readonly ledger: Pick<typeof ledger, 'readAccounts'>;
}

/** How much is done at once. */
export interface ProofLimits extends Pick<HeldLimits, 'ordersMax' | 'dayMax'> {
  /** After so long another function goes on. */
  readonly turnMs: number;
  /** After so long it notes how many days fit into memory, and goes through their orders only. */
  readonly passMs: number;
}

/** An order takes some 170 bytes, and up to half a millisecond with its lines: a part is done long before a function ends. */
export const proofLimits: ProofLimits = {
  ordersMax: 300_000,
  dayMax: 1_000_000,
  turnMs: 5 * 60_000,
  passMs: 3 * 60_000,
};
/** Longer than it takes until an order that was changed before midnight is written. */
const overAfterMs = 3_600_000;

type Part = { readonly begun: BegunProof } | { readonly result: ProofResult; readonly closedOn?: PlainDate } | Failed;
interface Failed {
  readonly problem: { readonly code: string; readonly detail: string };
}

/**
 * Works off a proof that was asked for, until nobody has asked for it again meanwhile: from the last closing figures, as many days at
 * a time as fit into memory, each time with its place noted. Where somebody else is at it, that one takes it along. Killed at any
 * point it goes on from the place that was noted last, and comes to the same; see handOn.
 */
export async function carryOutProof(
  tools: ProofTools,
  market: MarketRef,
  by: string,
  clock: () => Date,
  limits: ProofLimits = proofLimits,
): Promise<void> {
  const until = clock().getTime() + limits.turnMs;
  const kept: KeptWork<Proof> = { read: () => tools.store.readProof(market), write: tools.store.writeProof };
  for (;;) {
    const taken = await takeLease(kept, by, clock(), begin);
    if (!taken) return;
    try {
      const part = await doPart(tools, taken, clock, limits);
      const isHandedOn = 'begun' in part && clock().getTime() >= until;
      if (!(await note(tools.store, taken, by, part, isHandedOn, clock())) || isHandedOn) return;
    } catch (error) {
      await dropLease(kept, by, clock());
      throw error;
    }
  }
}

/** What is under way goes on; another time begins from the closing figures, or from nothing. */
function begin(proof: Proof): Proof {
  const { isAnew, closedOn, ...rest } = proof;
  if (proof.begun && !isAnew) return proof;
  const from = isAnew ? undefined : closedOn;
  const place = from === undefined ? {} : { from, until: from, closedOn: from };
  const begun: BegunProof = { time: proof.asked, ...place, changed: 0, days: 0, ...nothingWrong };
  return { ...rest, ...(from !== undefined && { closedOn: from }), begun };
}

async function doPart(tools: ProofTools, proof: Proof, clock: () => Date, limits: ProofLimits): Promise<Part> {
  const { tenant, marketId, begun } = proof;
  if (!begun) throw new Error(`The proof of ${marketId} has not begun.`);
  const market = await findMarket(tools.store, tenant, marketId);
  const { until: date, closedOn, upTo } = begun;
  const now = clock().getTime();
  const over = addDays(businessDateOf(new Date(now - overAfterMs)), -1);
  const isLate = () => clock().getTime() >= now + limits.passMs;
  try {
    const proven = await proveChanges(tools.store, market, {
      ...limits,
      ...defined({ date, closedOn, upTo }),
      over,
      isLate,
    });
    if ('upTo' in proven) return { begun: { ...begun, upTo: proven.upTo } };
    const { until, ...next } = withProven(begun, proven);
    if (until !== undefined) return { begun: { ...next, until } };
    const { accounts, given } = await proveAccounts(tools, market, proven.figures.gains);
    return { result: resultOf(next, proven, accounts, given), ...(next.closedOn && { closedOn: next.closedOn }) };
  } catch (error) {
    if (!(error instanceof DayTooLargeError)) throw error;
    return { problem: { code: problems['proof-too-large'].code, detail: error.message } };
  }
}

function withProven(
  { until: _, closedOn: __, upTo: ___, ...begun }: BegunProof,
  { until, closedOn, changed, checked }: ProvenChanges,
): BegunProof {
  return {
    ...begun,
    ...(until !== undefined && { until }),
    ...(closedOn !== undefined && { closedOn }),
    changed: begun.changed + changed,
    days: begun.days + checked.days,
    lost: counted(begun.lost, checked.lost),
    differences: counted(begun.differences, checked.differences),
    moving: begun.moving + checked.moving,
  };
}

type Accounts = Awaited<ReturnType<typeof proveAccounts>>['accounts'];

function resultOf(begun: BegunProof, { figures }: ProvenChanges, accounts: Accounts, given: bigint): ProofResult {
  const { time: _, closedOn: __, until: ___, ...found } = begun;
  const sums = sumsGiven(figures, given);
  const wrong = accounts.filter((account) => isOfMerchant(account.role) && !isRight(account));
  const shown = [...accounts.filter(({ role }) => !isOfMerchant(role)), ...wrong];
  const isBalanced =
    addsUp(sums) &&
    sums.supervised >= 0n &&
    found.lost.count + found.differences.count + found.moving === 0 &&
    accounts.every(isRight);
  const { first } = counted({ count: 0, first: [] }, shown);
  return { ...found, orders: figures.paid, sums, accounts: accounts.length, shown: first, isBalanced };
}

function isOfMerchant(role: ProvenRole): boolean {
  return role.startsWith('payable:');
}

/** Notes how far it is, or how it ended. False where somebody took it over meanwhile. */
async function note(
  store: ProvingStore,
  { tenant, marketId, begun }: Proof,
  by: string,
  part: Part,
  isHandedOn: boolean,
  now: Date,
): Promise<boolean> {
  return decideAndWrite(async () => {
    const before = await store.readProof({ tenant, marketId });
    if (before?.lease?.by !== by || before.begun?.time !== begun?.time) return { answer: false };
    const { lease, begun: _, problem: __, tries: ___, ...rest } = before;
    const head = { ...rest, revision: before.revision + 1, changedAt: now.toISOString() };
    const ended = { done: begun?.time ?? 0, provedAt: now.toISOString() };
    const next: Proof =
      'begun' in part
        ? { ...head, begun: part.begun, ...(isHandedOn ? { turns: head.turns + 1 } : lease && { lease }) }
        : { ...head, ...part, ...ended };
    return { answer: true, write: () => store.writeProof(next) };
  });
}
