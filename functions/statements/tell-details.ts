import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import { presentTold, type ToldDetail } from './events.ts';
import { type FindOwnAccounts, ownAccountsAmong } from './own-accounts.ts';
import type { HashNumber } from './present.ts';
import type { StatementStore } from './store.ts';
import type { StoredStatement } from './stored-statement.ts';

/** An entry by its place in a statement, as the events that tell of it name it. */
export interface EntryPlace {
  readonly statementId: string;
  readonly sequence: number;
}

/**
 * The first `most` transactions of an entry, each as an event tells the few of a long batch that it carries. Throws where there is
 * no such entry.
 */
export async function tellDetails(
  store: Pick<StatementStore, 'readStatement' | 'readEntries' | 'readDetails'>,
  tenant: string,
  { statementId, sequence }: EntryPlace,
  most: number,
  hash: HashNumber,
  findOwn: FindOwnAccounts,
): Promise<ToldDetail[]> {
  const statement = await store.readStatement(tenant, statementId);
  if (!statement) throw new Error(`There is no statement ${statementId}.`);
  const details = (await readDetails(store, statement, sequence, most)).slice(0, most);
  const parties = details.map(({ counterparty }) => counterparty);
  return presentTold(details, hash, await ownAccountsAmong(statement, parties, findOwn, hash));
}

async function readDetails(
  store: Pick<StatementStore, 'readEntries' | 'readDetails'>,
  statement: StoredStatement,
  sequence: number,
  most: number,
): Promise<readonly EntryDetail[]> {
  const [entry] = await store.readEntries(statement, sequence, 1);
  if (!entry) throw new Error(`The statement ${statement.id} has no entry ${sequence}.`);
  const found = [...entry.details];
  for (let chunk = 1; found.length < most; chunk++) {
    const more = await store.readDetails(statement, sequence, chunk);
    if (!more) break;
    found.push(...more);
  }
  return found;
}
