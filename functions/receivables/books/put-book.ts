import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { requireVersion } from '../expected-version.ts';
import { problems } from '../problems.ts';
import type { ReceivablesTools } from '../tools.ts';
import type { ReceivablesBook } from './book.ts';
import { allPurposes, bookAccountFaults, replacedWithBalance } from './book-accounts.ts';

export interface AskedBook extends Pick<ReceivablesBook, 'tenant' | 'legalEntity' | 'currency' | 'accounts'> {
  readonly expectedVersion?: number;
}

type BookTools = Pick<ReceivablesTools, 'store' | 'ledger'>;

/**
 * Says on which accounts the receivables of a legal entity in a currency are booked. The same again changes nothing.
 *
 * @throws Problem `receivables/book-accounts` with a fault for each account, `receivables/book-in-use`,
 * `receivables/version-conflict`; and those of decideAndWrite.
 */
export async function putBook(
  { store, ledger }: BookTools,
  { expectedVersion, ...asked }: AskedBook,
  cause: Cause,
  now: Date,
): Promise<ReceivablesBook> {
  const { tenant } = asked;
  return decideAndWrite(async () => {
    const before = await store.readBook(tenant, asked);
    if (before && allPurposes.every((purpose) => before.accounts[purpose] === asked.accounts[purpose])) {
      return { answer: before };
    }
    requireVersion(expectedVersion, before?.revision ?? 0);
    const ids = [...Object.values(asked.accounts), ...Object.values(before?.accounts ?? {})];
    const accounts = await ledger.readAccounts(tenant, ids);
    requireFit(asked, accounts);
    if (before) requireUnused(before, asked, accounts);
    const revision = (before?.revision ?? 0) + 1;
    const next: ReceivablesBook = { ...asked, revision, changedAt: now.toISOString(), cause };
    return { answer: next, write: () => store.writeBook(next) };
  });
}

type OfLedger = Awaited<ReturnType<BookTools['ledger']['readAccounts']>>;

function requireFit(asked: AskedBook, accounts: OfLedger): void {
  const faults = bookAccountFaults(asked, accounts);
  if (faults.length === 0) return;
  const detail = `${faults.map(({ purpose }) => purpose).join(', ')}: see \`errors\`.`;
  throw problems['book-accounts']
    .with({ detail })
    .at(...faults.map((fault) => ({ pointer: `/accounts/${fault.purpose}`, detail: fault.detail })));
}

function requireUnused(before: ReceivablesBook, asked: AskedBook, accounts: OfLedger): void {
  const kept = replacedWithBalance(before.accounts, asked.accounts, accounts);
  if (kept.length === 0) return;
  const faults = kept.map((purpose) => ({
    pointer: `/accounts/${purpose}`,
    detail: `${before.accounts[purpose]} carries a balance; keep it.`,
  }));
  throw problems['book-in-use'].with({ detail: `${kept.join(', ')}: see \`errors\`.` }).at(...faults);
}
