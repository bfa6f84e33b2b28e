import pLimit from 'p-limit';
import { type BackoffPolicy, backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure, type WriteFailure } from '../../shared/dynamo/failure.ts';
import { describeError, writeLog } from '../../shared/http/log.ts';
import { general } from '../../shared/problems/general.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import type { AccountState } from './account.ts';
import { assemble } from './assemble.ts';
import { type Command, targetOf } from './commands.ts';
import { decide } from './decide.ts';
import { type Decision, isRemembered } from './decision.ts';
import { countItems, itemsPerTransactionMax, type Lane, planWrites, type WriteGroup } from './plan-writes.ts';
import { problems } from './problems.ts';
import { readWorld } from './read-world.ts';
import { exhausted, type Outcome, replay } from './replay.ts';
import type { LedgerStore } from './store.ts';

const lanesAtOnceMax = 4;

/** Rounds without progress before the caller is told to come back. */
export const submitPolicy: BackoffPolicy = { attemptsMax: 12, baseMs: 8, ceilingMs: 500 };

export type { Outcome } from './replay.ts';

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
  if (options.atomic && nextRound(commands).length < commands.length) {
    throw new Error('The commands of an atomic call have different keys and act on no transfer of the same call.');
  }
  const run: Run = { store, tenant, now, options, outcomes: new Map(), unanswered: false, collided: false };
  for (let fruitless = 0; run.outcomes.size < commands.length; ) {
    const settledBefore = run.outcomes.size;
    await carryOut(run, nextRound(commands.filter((command) => !run.outcomes.has(command))));
    fruitless = run.outcomes.size > settledBefore ? 0 : fruitless + 1;
    if (fruitless >= policy.attemptsMax) break;
    if (fruitless > 0) await backOff(fruitless, policy, options.random);
  }
  const problem = exhausted(run.unanswered);
  return commands.map((command) => run.outcomes.get(command) ?? { outcome: 'REFUSED', problem });
}

/** One call under way. */
interface Run {
  readonly store: LedgerStore;
  readonly tenant: string;
  readonly now: Date;
  readonly options: SubmitOptions;
  readonly outcomes: Map<Command, Outcome>;
  /** A write had no answer, and nothing read since tells what became of it. */
  unanswered: boolean;
  /** Another writer was faster: what is independent goes in transactions of its own from now on. */
  collided: boolean;
}

/** One round. Settles what it can. */
async function carryOut(run: Run, commands: readonly Command[]): Promise<void> {
  const reading = await readWorld(run.store, run.tenant, commands, run.now).catch(retriable);
  if (typeof reading === 'string') return;
  run.unanswered = false;
  const { world, records, heads } = reading;
  const now = notBefore(run.now, heads);
  const decisions: Decision[] = [];
  for (const command of commands) {
    const record = records.get(command.id);
    if (record) run.outcomes.set(command, replay(command, record));
    else decisions.push(decide(world, command, now));
  }
  const lanes = run.options.atomic
    ? planAtomic(decisions, run.outcomes)
    : planWrites(decisions, run.collided ? 'APART' : 'TOGETHER');
  for (const decision of decisions) {
    if (decision.outcome === 'REFUSED' && !isRemembered(decision.problem)) settle(run.outcomes, decision);
  }
  const limit = pLimit(lanesAtOnceMax);
  const failures = await Promise.all(lanes.map((lane) => limit(() => writeLane(run, lane, new Map(heads), now))));
  run.unanswered = failures.includes('UNKNOWN');
  run.collided ||= failures.some((failure) => failure !== undefined);
}

/** Booking never goes back: a decision is taken at the latest instant at which any of its accounts was written. */
function notBefore(now: Date, heads: ReadonlyMap<string, AccountState>): Date {
  let latest = now.getTime();
  for (const { at, hot } of heads.values()) if (!hot) latest = Math.max(latest, Date.parse(at));
  return new Date(latest);
}

/** Writes groups that build on each other, up to the first that fails. */
async function writeLane(
  run: Run,
  lane: Lane,
  heads: Map<string, AccountState>,
  now: Date,
): Promise<WriteFailure | undefined> {
  for (const group of lane) {
    const transaction = assemble(heads, group, now);
    try {
      await run.store.writeTransaction(run.tenant, transaction);
    } catch (error) {
      const failure = classifyWriteFailure(error);
      if (failure === 'FATAL') failGroup(run, group, error);
      return failure;
    }
    for (const { state } of transaction.versions) heads.set(state.accountId, state);
    for (const decision of group) settle(run.outcomes, decision, heads);
  }
  return undefined;
}

/** A request that DynamoDB calls wrong is a fault of ours: its commands are told so, the others go on. */
function failGroup(run: Run, group: WriteGroup, error: unknown): void {
  writeLog({ level: 'ERROR', message: 'a transaction was refused as malformed', error: describeError(error) });
  const problem = general['internal-error'].with({
    detail: 'The ledger could not write this. Nothing of it was booked.',
  });
  for (const { command } of group) run.outcomes.set(command, { outcome: 'REFUSED', problem });
}

/** A call that was not answered, if it may be tried again; else the error itself goes on. */
function retriable(error: unknown): WriteFailure {
  const failure = classifyWriteFailure(error);
  if (failure === 'FATAL') throw error;
  return failure;
}

/**
 * What goes into the next round: of commands under the same key the first (the others' turn comes when its record stands),
 * and nothing from the first command on that acts on a transfer which the round is yet to make.
 */
function nextRound(open: readonly Command[]): Command[] {
  const made = new Set<string>();
  const round: Command[] = [];
  for (const command of open) {
    const target = targetOf(command);
    if (target !== undefined && target !== command.id && made.has(target)) break;
    if (made.has(command.id)) continue;
    made.add(command.id);
    round.push(command);
  }
  return round;
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
