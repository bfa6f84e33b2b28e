import { businessDateOf, localTimeOf } from '../../shared/calendar/plain-date.ts';
import { smaller } from '../../shared/money/compare.ts';
import { unplacedMember } from './ledgers/unplaced-ledgers.ts';
import { type SweptTree, sweptTree } from './members/investment.ts';
import { readConfiguration } from './members/read-configuration.ts';
import type { Configuration, Member, Pool } from './pool.ts';
import { calendar, withCalendar } from './pool-calendar.ts';
import { rememberDue } from './schedule/due.ts';
import type { ReadStates } from './store-runs.ts';
import { lowestSince } from './sweeps/lowest-since.ts';
import { type AccountFigures, prepareNodes, type Situation } from './sweeps/prepare-nodes.ts';
import type { Occasion } from './sweeps/rule-in-force.ts';
import type { LoanState, SweepNode } from './sweeps/sweep-node.ts';
import { levelsMax } from './sweeps/sweep-tree.ts';
import type { PoolingTools } from './tools.ts';

/** Everything that a plan is made of, and what its writes must find unchanged. */
export interface Reading {
  readonly pool: Pool;
  readonly situation: Situation;
  readonly states: ReadStates;
}

/** Reads balances, members' states and configuration. Two rounds: what the configuration names is read after it. */
export async function readSituation(tools: PoolingTools, pool: Pool, now: Date): Promise<Reading> {
  return await readParts(tools, pool, sweptTree(pool, await readConfiguration(tools, pool)), now);
}

/**
 * The same for a run of an earlier day, whose sweeps are valued then: of each account no more is there than the least that
 * it has had by value since.
 */
export async function readSituationAt(
  tools: PoolingTools,
  pool: Pool,
  businessDate: string,
  now: Date,
): Promise<Reading> {
  const reading = await readSituation(tools, pool, now);
  if (businessDate >= businessDateOf(now)) return reading;
  const { configuration, rootAccountId } = reading.situation;
  const ids = [rootAccountId, ...configuration.members.map(({ accountId }) => accountId)];
  const histories = await tools.ledger.readValueDatedBalances(pool.tenant, ids, businessDate);
  const accounts = new Map(reading.situation.accounts);
  for (const [id, history] of histories) {
    const figures = accounts.get(id);
    if (figures) accounts.set(id, { ...figures, posted: smaller(figures.posted, lowestSince(history, businessDate)) });
  }
  return { ...reading, situation: { ...reading.situation, accounts } };
}

/** The same for one account and those above it only: all that a movement in real time asks of. */
export async function readPath(tools: PoolingTools, pool: Pool, accountId: string, now: Date): Promise<Reading> {
  const tree = sweptTree(pool, await readConfiguration(tools, pool));
  const { configuration } = tree;
  const placed = pathMembers(configuration, accountId);
  const members = placed.length > 0 ? placed : await unplaced(tools, pool, accountId);
  const entities = new Set([configuration.header.entity, ...members.map(({ entity }) => entity)]);
  const loanBooks = configuration.loanBooks.filter(({ first, second }) => entities.has(first) && entities.has(second));
  return await readParts(tools, pool, { ...tree, configuration: { ...configuration, members, loanBooks } }, now);
}

async function unplaced({ store }: PoolingTools, pool: Pool, accountId: string): Promise<Member[]> {
  const ledger = pool.kind === 'LEDGER' ? await store.readLedger(pool.tenant, pool.id, accountId) : undefined;
  return ledger ? [unplacedMember(ledger, pool)] : [];
}

async function readParts(
  tools: PoolingTools,
  pool: Pool,
  { rootAccountId, invests, configuration }: SweptTree,
  now: Date,
): Promise<Reading> {
  const named = [
    rootAccountId,
    ...configuration.members.map(({ accountId }) => accountId),
    ...configuration.loanBooks.map(({ accountId }) => accountId),
  ];
  const [states, accounts] = await Promise.all([
    tools.store.readStates(
      pool,
      configuration.members.map(({ accountId }) => accountId),
    ),
    tools.ledger.readAccounts(pool.tenant, named),
  ]);
  const situation = {
    rootAccountId,
    invests,
    configuration,
    accounts: accounts as ReadonlyMap<string, AccountFigures>,
    states: states.states,
    calendar,
    time: localTimeOf(now),
  };
  return { pool, situation, states };
}

/** The member and those above it, from the bottom up, the header not among them. */
export function pathMembers({ members }: Pick<Configuration, 'members'>, accountId: string): Member[] {
  const byId = new Map(members.map((member) => [member.accountId, member]));
  const path: Member[] = [];
  for (let at = byId.get(accountId); at && path.length <= levelsMax; at = byId.get(at.parentId)) path.push(at);
  return path;
}

/** The accounts as the planner takes them. Problem: `pooling/calendar-not-published`. */
export function nodesOf(
  { situation }: Pick<Reading, 'situation'>,
  occasion: Omit<Occasion, 'isDue'>,
): { nodes: SweepNode[]; loans: LoanState[] } {
  return withCalendar(() =>
    prepareNodes(situation, {
      ...occasion,
      isDue: rememberDue(situation.calendar),
    }),
  );
}
