import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { CollectedFile } from '../../collection/published.ts';
import type { ToldCredit, ToldEntry, ToldReversal } from '../receipts/receipt-of-statement-entry.ts';
import { accountOf } from '../receipts/where-it-lies.ts';
import type { ToldTools } from '../tools.ts';
import { type CollectedCredit, collectedIdOf, withCredit } from './collected-credit.ts';
import type { NamedFile } from './file-named.ts';

/** Notes what a statement says came of a file of collections, once however many reports tell of it. */
export function keepCollected(
  tools: ToldTools,
  event: DomainEvent,
  { creditKey, ...told }: ToldCredit,
  file: NamedFile,
  now: Date,
): Promise<void> {
  return noteOfFile(tools, event, { ...told, key: creditKey, sign: 1n }, file, now);
}

/** Notes what a statement says a bank took back of a file of collections, once however many reports tell of it. */
export function keepUncollected(
  tools: ToldTools,
  event: DomainEvent,
  { reversalKey, ...told }: ToldReversal,
  file: NamedFile,
  now: Date,
): Promise<void> {
  return noteOfFile(tools, event, { ...told, key: reversalKey, sign: -1n }, file, now);
}

interface ToldOfFile extends Pick<ToldEntry, 'entryId' | 'accountId' | 'parts'> {
  /** The same for one entry, whichever report tells of it. */
  readonly key: string;
  readonly sign: 1n | -1n;
}

async function noteOfFile(
  tools: ToldTools,
  { tenant, actor: cause }: DomainEvent,
  { key: creditKey, entryId, accountId, parts, sign }: ToldOfFile,
  file: NamedFile,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const [first] = parts;
  if (!first) return;
  const { holder: legalEntity } = await accountOf(tools, tenant, accountId);
  const { fileId } = file;
  const id = collectedIdOf(tenant, fileId);
  const step = { at: now.toISOString(), cause };
  const amount = sign * sum(parts.map((part) => part.amount));
  const credit = { creditKey, entryId, amount, bookedOn: first.paidOn };
  const begun = beginning({ tenant, id, fileId, legalEntity, accountId, currency: first.currency }, file, step);
  await decideAndWrite(async () => {
    const before = await store.readCollected(tenant, id);
    if (!before) return { answer: undefined, write: () => store.createCollected({ ...begun, credits: [credit] }) };
    const next = withCredit(before, credit, file, step);
    return { answer: undefined, ...(next && { write: () => store.replaceCollected(next, before) }) };
  });
}

interface Named extends Pick<CollectedCredit, 'tenant' | 'id' | 'fileId' | 'legalEntity' | 'accountId'> {
  readonly currency: CurrencyCode;
}

function beginning(
  named: Named,
  { orders, settled, returned }: CollectedFile,
  { at, cause }: { readonly at: string; readonly cause: DomainEvent['actor'] },
): Omit<CollectedCredit, 'credits'> {
  return { ...named, orders, settled, returned, comparedAt: at, createdAt: at, changedAt: at, revision: 1, cause };
}
