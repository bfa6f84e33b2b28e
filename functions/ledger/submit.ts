import pLimit from 'p-limit';
import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure, type WriteFailure } from '../../shared/dynamo/failure.ts';
import { general } from '../../shared/problems/general.ts';
import { Problem } from '../../shared/problems/problem.ts';
import type { AccountState } from './account.ts';
import { assemble, type KeyRecord } from './assemble.ts';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import { type Decision, isRemembered } from './decision.ts';
import { countItems, itemsPerTransactionMax, type Lane, planWrites } from './plan-writes.ts';
import { problems } from './problems.ts';
import { readWorld } from './read-world.ts';
import type { LedgerStore } from './store.ts';
import type { TransferContent } from './transfer.ts';

const lanesAtOnceMax = 4;

/** Rounds without progress before the caller is told to come back. */
export const submitPolicy: BackoffPolicy = { attemptsMax: 12, baseMs: 8, ceilingMs: 500 };

export type Outcome =
  | { readonly outcome: 'TRANSFER'; readonly transfer: TransferContent }
  | { readonly outcome: 'CHANGE'; readonly accountId: string; readonly version: number }
  | { readonly outcome: 'REFUSED'; readonly problem: Problem };

export interface SubmitOptions {
  /** All or nothing; the caller makes sure that it fits one transaction. */
  readonly atomic?: boolean;
  readonly policy?: BackoffPolicy;
  readonly random?: () => number;
}

/**
 * Carries commands out: read, decide, write; and again from the reading when another writer was faster. The outcome of
 * each is final and the record of its key keeps it: the same command gets the same outcome for ever, another one under
 * the same key is refused. Commands that share an account are carried out in the order given.
 *
 * Outcomes stand in the order of the commands. Where contention does not end, the problem `request/conflict-retry` says
 * that nothing happened; `request/unavailable` that it is not known, and the same key will tell.
 */
export async function submit(
  store: LedgerStore,
  tenant: string,
  commands: readonly Command[],
  now: Date,
  options: SubmitOptions = {},
): Promise<Outcome[]> {
  const policy = options.policy ?? submitPolicy;
  const outcomes = new Map<Command, Outcome>();
  let failure: WriteFailure | undefined;
  for (let fruitless = 0; outcomes.size < commands.length; ) {
    const open = commands.filter((command) => !outcomes.has(command));
    const settledBefore = outcomes.size;
    failure = (await carryOut(store, tenant, firstOfEachKey(open), now, options, outcomes)) ?? failure;
    if (outcomes.size > settledBefore) continue;
    fruitless += 1;
    if (fruitless >= policy.attemptsMax) break;
    await backOff(fruitless, policy, options.random);
  }
  return commands.map((command) => outcomes.get(command) ?? { outcome: 'REFUSED', problem: exhausted(failure) });
}

/** One round. Settles what it can; tells the failure that kept it from settling the rest. */
async function carryOut(
  store: LedgerStore,
  tenant: string,
  commands: readonly Command[],
  now: Date,
  options: SubmitOptions,
  outcomes: Map<Command, Outcome>,
): Promise<WriteFailure | undefined> {
  const reading = await readWorld(store, tenant, commands, now).catch(retriable);
  if (typeof reading === 'string') return reading;
  const { world, records, heads } = reading;
  const decisions: Decision[] = [];
  for (const command of commands) {
    const record = records.get(command.id);
    if (record) outcomes.set(command, replay(command, record));
    else decisions.push(decide(world, command, now));
  }
  const lanes = options.atomic ? planAtomic(decisions, outcomes) : planWrites(decisions);
  for (const decision of decisions) {
    if (decision.outcome === 'REFUSED' && !isRemembered(decision.problem)) settle(outcomes, decision);
  }
  const limit = pLimit(lanesAtOnceMax);
  const failures = await Promise.all(
    lanes.map((lane) => limit(() => writeLane(store, tenant, lane, new Map(heads), now, outcomes))),
  );
  return failures.find((failure) => failure !== undefined);
}

async function writeLane(
  store: LedgerStore,
  tenant: string,
  lane: Lane,
  heads: Map<string, AccountState>,
  now: Date,
  outcomes: Map<Command, Outcome>,
): Promise<WriteFailure | undefined> {
  for (const group of lane) {
    const transaction = assemble(heads, group, now);
    try {
      await store.writeTransaction(tenant, transaction);
    } catch (error) {
      return retriable(error);
    }
    for (const { state } of transaction.versions) heads.set(state.accountId, state);
    for (const decision of group) settle(outcomes, decision, heads);
  }
  return undefined;
}

/** What kept a call from being answered, if it may be tried again; else the error itself goes on. */
function retriable(error: unknown): WriteFailure {
  const failure = classifyWriteFailure(error);
  if (failure === 'FATAL') throw error;
  return failure;
}

/**
 * All or nothing. One refusal refuses them all: its own record is kept if it is a refusal by state, the others leave
 * nothing behind and may be sent again. So does a batch that one transaction cannot hold.
 */
function planAtomic(decisions: readonly Decision[], outcomes: Map<Command, Outcome>): Lane[] {
  const refused = decisions.find((decision) => decision.outcome === 'REFUSED');
  const refusedBefore = [...outcomes.values()].some(({ outcome }) => outcome === 'REFUSED');
  const items = countItems(decisions);
  if (!refused && !refusedBefore && items <= itemsPerTransactionMax) return decisions.length > 0 ? [[decisions]] : [];
  const problem = refused || refusedBefore ? refusedTogether() : tooLarge(items);
  for (const decision of decisions) {
    if (decision !== refused) outcomes.set(decision.command, { outcome: 'REFUSED', problem });
  }
  return refused ? planWrites([refused]) : [];
}

function tooLarge(items: number): Problem {
  const detail = `The batch writes ${items} items; one transaction holds ${itemsPerTransactionMax}.`;
  return problems['batch-too-large'].with({ detail, items, itemsMax: itemsPerTransactionMax });
}

function refusedTogether(): Problem {
  return problems['batch-refused'].with({ detail: 'Nothing of this atomic batch was booked.' });
}

function settle(outcomes: Map<Command, Outcome>, decision: Decision, heads?: ReadonlyMap<string, AccountState>): void {
  const { command } = decision;
  if (decision.outcome === 'REFUSED') outcomes.set(command, { outcome: 'REFUSED', problem: decision.problem });
  else if (decision.outcome === 'TRANSFER') outcomes.set(command, { outcome: 'TRANSFER', transfer: decision.transfer });
  else {
    const { accountId } = decision.state;
    outcomes.set(command, { outcome: 'CHANGE', accountId, version: heads?.get(accountId)?.version ?? 0 });
  }
}

/** What an earlier command with this key came to; or that the key belongs to another request. */
function replay(command: Command, record: KeyRecord): Outcome {
  if (record.fingerprint !== command.fingerprint) {
    const detail = 'This Idempotency-Key came with another request before.';
    return { outcome: 'REFUSED', problem: general['idempotency-key-reused'].with({ detail }) };
  }
  if (record.outcome === 'TRANSFER') return { outcome: 'TRANSFER', transfer: record.transfer };
  if (record.outcome === 'CHANGE') return { outcome: 'CHANGE', accountId: record.accountId, version: record.version };
  return { outcome: 'REFUSED', problem: Problem.fromBody(record.problem) };
}

/** A key named twice in one call is carried out once; its second turn comes when the record of the first stands. */
function firstOfEachKey(commands: readonly Command[]): Command[] {
  const seen = new Set<string>();
  return commands.filter((command) => !seen.has(command.id) && seen.add(command.id));
}

function exhausted(failure: WriteFailure | undefined): Problem {
  if (failure === 'UNKNOWN') {
    const detail = 'The ledger did not answer. Send the same request with the same key: it tells what became of it.';
    return general.unavailable.with({ detail });
  }
  const detail = 'Too many writers on the same accounts. Nothing was booked; send the same request again.';
  return general['conflict-retry'].with({ detail });
}
