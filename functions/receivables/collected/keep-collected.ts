import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { CollectedFile } from '../../collection/published.ts';
import type { ToldCredit } from '../receipts/receipt-of-statement-entry.ts';
import { accountOf } from '../receipts/where-it-lies.ts';
import type { ToldTools } from '../tools.ts';
import { type CollectedCredit, collectedIdOf, withCredit } from './collected-credit.ts';

/** Notes what a statement says came of a file of collections, once however many reports tell of it. */
export async function keepCollected(
  tools: ToldTools,
  { tenant, actor: cause }: DomainEvent,
  { creditKey, entryId, accountId, parts }: ToldCredit,
  file: CollectedFile & { readonly fileId: string },
  now: Date,
): Promise<void> {
  const { store } = tools;
  const [first] = parts;
  if (!first) return;
  const { holder: legalEntity } = await accountOf(tools, tenant, accountId);
  const { fileId } = file;
  const id = collectedIdOf(tenant, fileId);
  const step = { at: now.toISOString(), cause };
  const credit = { creditKey, entryId, amount: sum(parts.map(({ amount }) => amount)), bookedOn: first.paidOn };
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
  { orders, settled }: CollectedFile,
  { at, cause }: { readonly at: string; readonly cause: DomainEvent['actor'] },
): Omit<CollectedCredit, 'credits'> {
  return { ...named, orders, settled, comparedAt: at, createdAt: at, changedAt: at, revision: 1, cause };
}
