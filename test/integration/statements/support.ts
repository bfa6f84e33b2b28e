import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { numberHasher } from '../../../functions/statements/account-number.ts';
import type { ImportTools } from '../../../functions/statements/import-file.ts';
import { type StatementStore, statementStore } from '../../../functions/statements/store.ts';
import type {
  StatementBalance,
  StatementEntry,
  StatementEvent,
  StatementHeader,
} from '../../../shared/formats/statement-events.ts';
import type { Actor } from '../../../shared/http/request.ts';
import { balance, entry } from '../../functions/statements/pages.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export const hashNumber = numberHasher('test key');
export const ibanOfAcme = 'DE75512108001245126199';
export const accountOfAcme = 'acc_00000000000000000000000001';

export const actor: Actor = { tenant: 'demo', client: 'treasurer', role: 'treasurer', requestId: 'req-1' };
export const now = new Date('2026-03-03T06:00:00.000Z');

export interface TestStatements {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly store: StatementStore;
  readonly tools: ImportTools;
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let tables = 0;

/** A table of its own on an engine; the account with `ibanOfAcme` is known. */
export async function statementsOnEngine({ endpoint }: TestEngine): Promise<TestStatements> {
  tables += 1;
  const names = await createTables(endpoint, `s${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const table = names.TABLE_STATEMENTS ?? '';
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  const store = statementStore(client, table);
  return {
    client,
    table,
    store,
    tools: toolsOn(store),
    snapshot: () => snapshotOf(client, table),
    close: () => client.destroy(),
  };
}

export function toolsOn(store: StatementStore): ImportTools {
  return {
    store,
    hashNumber,
    findAccount: async (_tenant, hash) =>
      hash === hashNumber(ibanOfAcme) ? { accountId: accountOfAcme, currency: 'EUR' } : undefined,
  };
}

export interface FilePart {
  readonly header?: Partial<StatementHeader>;
  readonly entries?: readonly StatementEntry[];
  readonly balances?: readonly StatementBalance[];
}

/** A file as its parser tells it, from the beginning at every call. */
export function file(...parts: readonly FilePart[]): () => AsyncIterable<StatementEvent> {
  return async function* () {
    for (const { header, entries = [], balances = [] } of parts) {
      const account = { iban: ibanOfAcme, currency: 'EUR' };
      yield { kind: 'statement', header: { format: 'MT940', sequenceNumber: '41', account, ...header } };
      for (const one of entries) yield { kind: 'entry', entry: one };
      yield { kind: 'end', trailer: { balances, entries: entries.length, flags: [] } };
    }
  };
}

/** One day of Acme: `opening` euros in cents, a credit and a debit, closing as it must be. */
export function dayOfAcme(
  day: string,
  opening: bigint,
  credit: bigint,
  debit: bigint,
  header: Partial<StatementHeader> = {},
): FilePart {
  return {
    header: { sequenceNumber: day.slice(-2), ...header },
    entries: [
      entry(credit, {
        bookingDate: day,
        remittance: `Invoice ${day}`,
        counterparty: { name: 'Payer', account: 'DE02120300000000202051' },
      }),
      entry(-debit, { bookingDate: day }),
    ],
    balances: [balance('OPBD', opening, { date: day }), balance('CLBD', opening + credit - debit, { date: day })],
  };
}

/** A day with many entries of 1.00 in. */
export function busyDay(day: string, count: number): FilePart {
  return {
    header: { sequenceNumber: day.slice(-2) },
    entries: Array.from({ length: count }, (_, index) =>
      entry(100n, { index: index + 1, bookingDate: day, entryReference: `R${index + 1}` }),
    ),
    balances: [balance('OPBD', 0n, { date: day }), balance('CLBD', BigInt(count) * 100n, { date: day })],
  };
}
