import type { StatementEvent } from '../../shared/formats/statement-events.ts';
import type { Actor } from '../../shared/http/request.ts';
import { deriveId, newId } from '../../shared/identifiers/id.ts';
import { maskAccount } from '../../shared/identifiers/mask.ts';
import { defined } from '../../shared/objects/defined.ts';
import { creditCounter } from './credit-key.ts';
import { accountFinder, type FindAccount } from './find-accounts.ts';
import type { Flag } from './flags.ts';
import { type ImportPlan, type PlannedStatement, planImport } from './plan-import.ts';
import { type FileFacts, readFile } from './read-file.ts';
import { isReceipt, isReversedCredit } from './receipts.ts';
import type { StatementStore } from './store.ts';
import { packEntry } from './stored-entry.ts';
import { type StoredStatement, storedStatement } from './stored-statement.ts';

export interface ImportTools {
  readonly store: StatementStore;
  readonly findAccount: FindAccount;
  readonly hashNumber: (number: string) => string;
}

export interface ImportCommand {
  readonly actor: Omit<Actor, 'merchant'>;
  readonly now: Date;
  /** Derived from the caller's key, so that a repeated import knows its own statements. */
  readonly importId: string;
  /** Parses the file from its beginning; called once per pass. */
  readonly events: () => AsyncIterable<StatementEvent>;
  /** Called between the passes: everything is checked, nothing is written. */
  readonly beforeWriting?: () => Promise<void>;
  /** Told of progress every so many entries written. */
  readonly onProgress?: (entries: number) => Promise<void>;
}

export interface ImportResult {
  readonly importId: string;
  readonly facts: FileFacts;
  readonly repeatedInFile: number;
  readonly statements: readonly StoredStatement[];
}

const entriesPerProgress = 5_000;

/**
 * Imports a statement file in two passes. The first reads everything and refuses a bad file whole; nothing is written.
 * The second writes the entries, then each statement's item, which makes it visible. Every attempt writes its entries to
 * a place of its own and the item names that place: an import that broke off, or came second, leaves entries that nothing
 * names and no reader finds. The item's key follows from the content, so a statement is visible once.
 */
export async function importFile(tools: ImportTools, command: ImportCommand): Promise<ImportResult> {
  const { store, hashNumber } = tools;
  const { tenant } = command.actor;
  const facts = await readFile(command.events());
  const plan = planImport(tenant, facts.pages, hashNumber);
  await command.beforeWriting?.();
  const ids = plan.statements.map(({ statement }) => statement.id);
  const known = await store.readStatements(tenant, ids);
  const missing = plan.statements.filter(({ statement }) => !known.has(statement.id));
  if (missing.length > 0) {
    const items = await describeMissing(tools, command, missing);
    const digest = await writeEntries(store, command, plan, items);
    if (digest !== facts.digest) throw new Error('The file changed while it was read.');
    for (const item of items) known.set(item.id, await makeVisible(store, item));
  }
  const statements = ids.map((id) => known.get(id)).filter((statement) => statement !== undefined);
  return { importId: command.importId, facts, repeatedInFile: plan.repeatedInFile, statements };
}

async function describeMissing(tools: ImportTools, command: ImportCommand, missing: readonly PlannedStatement[]) {
  const { tenant, client, role, requestId } = command.actor;
  const findAccountOf = accountFinder(tenant, tools.findAccount, tools.hashNumber);
  const attempt = newId('ens', command.now);
  return await Promise.all(
    missing.map(async ({ statement, account, placeInFile }) => {
      const found = await findAccountOf(account);
      const differs = found !== undefined && statement.currency !== undefined && found.currency !== statement.currency;
      const flags: Flag[] = differs ? [{ code: 'ACCOUNT_CURRENCY_DIFFERS', count: 1, where: [found.currency] }] : [];
      return storedStatement(statement, {
        tenant,
        importId: command.importId,
        entriesOf: deriveId('ens', attempt, statement.id),
        importedAt: command.now.toISOString(),
        importedBy: { client, role, requestId },
        accountId: differs ? undefined : found?.accountId,
        flags,
        placeInFile,
      });
    }),
  );
}

/** The second pass. It must read what the first one read: of a file that was exchanged in between nothing is shown. */
async function writeEntries(
  store: StatementStore,
  command: ImportCommand,
  { targets }: ImportPlan,
  items: readonly StoredStatement[],
): Promise<string> {
  const writer = store.entryWriter(command.actor.tenant);
  const places = new Map(items.map(({ id, entriesOf }) => [id, { entriesOf, ordinalOf: creditCounter() }]));
  let written = 0;
  const { digest } = await readFile(command.events(), {
    async entry(entry, page, place) {
      const target = targets[page];
      const to = target && places.get(target.statementId);
      if (!target || !to) return;
      const ordinal = isReceipt(entry) || isReversedCredit(entry) ? to.ordinalOf(entry) : 1;
      await writer.put(to.entriesOf, packEntry(target.statementId, target.entriesBefore + place, entry, ordinal));
      written += 1;
      if (written % entriesPerProgress === 0) await command.onProgress?.(written);
    },
    async pageEnd(page) {
      const target = targets[page];
      const to = target?.isLastPage && places.get(target.statementId);
      if (!to) return;
      places.delete(target.statementId);
      await writer.close(to.entriesOf);
    },
  });
  await writer.finish();
  return digest;
}

/** Writes the statement's item; where another import was first, its item is the statement. */
async function makeVisible(store: StatementStore, item: StoredStatement): Promise<StoredStatement> {
  if (await store.writeStatement(item)) return item;
  const winner = await store.readStatement(item.tenant, item.id);
  if (!winner) throw new Error(`Statement ${item.id} was there and is not.`);
  return winner;
}

/** What the caller is told of an import. A statement that another import brought is `alreadyImported`. */
export function presentImport({ importId, facts, repeatedInFile, statements }: ImportResult) {
  const lines = statements.map((statement) => ({
    id: statement.id,
    account: maskAccount(statement.bankAccount.number),
    ...defined({ accountId: statement.accountId, currency: statement.currency, toDate: statement.toDate }),
    assignment: statement.accountId === undefined ? ('UNASSIGNED' as const) : ('ASSIGNED' as const),
    status: statement.status,
    entries: statement.entries,
    alreadyImported: statement.importId !== importId,
  }));
  const alreadyImported = lines.every((line) => line.alreadyImported);
  return { importId, format: facts.format, alreadyImported, statements: lines, repeatedInFile };
}
