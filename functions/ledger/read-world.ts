import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { type AccountState, isBound } from './account.ts';
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
  const heads = new Map(accounts);
  return { world: { accounts, transfers, histories }, records, heads };
}

function accountsNamedIn(command: Command): string[] {
  if (command.command === 'TRANSFER') return accountsIn(command.legs);
  if (command.command === 'BIND') return [command.realAccountId, command.controlAccountId, command.mainLedgerId];
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

/** Histories by value date, for the accounts with a floor that a backdated command may debit. */
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
      if (!account || account.hot || !isBound(account)) continue;
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
