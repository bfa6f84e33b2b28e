import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { type AccountState, floorOf } from './account.ts';
import type { KeyRecord } from './assemble.ts';
import { type Command, targetOf } from './commands.ts';
import type { World } from './decision.ts';
import { readHistory } from './read-history.ts';
import type { LedgerStore } from './store.ts';
import type { Leg, Transfer } from './transfer.ts';

export interface Reading {
  readonly world: World;
  /** Records of the commands' own keys. */
  readonly records: ReadonlyMap<string, KeyRecord>;
  /** The versions that writes will build on. */
  readonly heads: ReadonlyMap<string, AccountState>;
}

/** Reads all that deciding the commands takes: one round for records and accounts, a second for commands on a transfer. */
export async function readWorld(
  store: LedgerStore,
  tenant: string,
  commands: readonly Command[],
  now: Date,
): Promise<Reading> {
  const targets = commands.map(targetOf).filter((id) => id !== undefined);
  const named = commands.flatMap((command) => accountsNamedIn(command));
  const [records, accounts] = await Promise.all([
    store.readRecords(tenant, [...commands.map(({ id }) => id), ...targets]),
    store.readHeads(tenant, named),
  ]);
  const transfers = transfersAmong(records, targets);
  const further = [...transfers.values()].flatMap((transfer) => accountsIn(transfer.legs));
  const missing = further.filter((id) => !accounts.has(id));
  for (const [id, state] of await store.readHeads(tenant, missing)) accounts.set(id, state);

  const histories = await readHistories(store, tenant, commands, { accounts, transfers }, now);
  const unfolded = await readUnfolded(store, tenant, commands, accounts);
  const heads = new Map(accounts);
  return { world: { accounts, transfers, histories, unfolded }, records, heads };
}

function accountsNamedIn(command: Command): string[] {
  if (command.command === 'TRANSFER') return accountsIn(command.legs);
  return command.command === 'CHANGE' ? [command.accountId] : [];
}

function accountsIn(legs: readonly Leg[]): string[] {
  return legs.flatMap((leg) => [leg.debitAccountId, leg.creditAccountId]);
}

function transfersAmong(records: ReadonlyMap<string, KeyRecord>, ids: readonly string[]): Map<string, Transfer> {
  const transfers = new Map<string, Transfer>();
  for (const id of ids) {
    const record = records.get(id);
    if (record?.outcome === 'TRANSFER') transfers.set(id, record.transfer);
  }
  return transfers;
}

/** Histories by value date, for the constrained accounts that a backdated command may debit. */
async function readHistories(
  store: LedgerStore,
  tenant: string,
  commands: readonly Command[],
  known: Pick<World, 'accounts' | 'transfers'>,
  now: Date,
): Promise<World['histories']> {
  const today = businessDateOf(now);
  const oldest = new Map<string, string>();
  for (const command of commands) {
    const valueDate = 'valueDate' in command ? command.valueDate : undefined;
    if (valueDate === undefined || valueDate >= today) continue;
    for (const id of accountsActedOn(command, known.transfers)) {
      const account = known.accounts.get(id);
      if (!account || account.hot || floorOf(account.constraint) === undefined) continue;
      const before = oldest.get(id);
      if (before === undefined || valueDate < before) oldest.set(id, valueDate);
    }
  }
  const histories: World['histories'] = new Map();
  for (const [id, from] of oldest) {
    const head = known.accounts.get(id);
    if (head) histories.set(id, await readHistory(store, tenant, head, from));
  }
  return histories;
}

function accountsActedOn(command: Command, transfers: ReadonlyMap<string, Transfer>): string[] {
  const target = targetOf(command);
  return target === undefined ? accountsNamedIn(command) : accountsIn(transfers.get(target)?.legs ?? []);
}

async function readUnfolded(
  store: LedgerStore,
  tenant: string,
  commands: readonly Command[],
  accounts: ReadonlyMap<string, AccountState>,
): Promise<Set<string>> {
  const closing = commands.filter((command) => command.command === 'CHANGE' && command.status === 'CLOSED');
  const unfolded = new Set<string>();
  for (const command of closing) {
    const id = command.command === 'CHANGE' ? command.accountId : '';
    if (!accounts.get(id)?.hot) continue;
    const waiting = await store.readHotPostings(tenant, id);
    if (waiting.length > 0) unfolded.add(id);
  }
  return unfolded;
}
