import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { sum } from '../../../shared/money/sum.ts';
import { takeReturned } from '../receipts/take-returned.ts';
import type { ReceivablesTools } from '../tools.ts';
import type { ReturnedCredit } from './returned-credit.ts';

type Tools = Pick<ReceivablesTools, 'store'>;

/**
 * Takes back what a returned credit says of receipts, as far as it is not taken back yet; then others may be taken off them. Where
 * somebody says otherwise meanwhile, it leaves the rest to them: whoever takes a receipt off it again writes the receipt too.
 */
export async function takeBack(tools: Tools, returned: ReturnedCredit, now: Date): Promise<void> {
  const { tenant, id, parts, cause, revision } = returned;
  const byReceipt = Map.groupBy(parts, (part) => part.receiptId);
  const isOver = async () => (await tools.store.readReturned(tenant, id))?.revision !== revision;
  const returning = await tools.store.readReturning(tenant, [...byReceipt.keys()]);
  for (const { receiptId, returnedId } of returning) {
    const ofReceipt = byReceipt.get(receiptId);
    // It was taken back before, and what is taken off it now is not of this one.
    if (returnedId !== id || !ofReceipt) continue;
    const amount = sum(ofReceipt.map((part) => part.amount));
    await takeReturned(tools, { tenant, receiptId, returnOf: id, amount, isOver }, cause, now);
  }
  await decideAndWrite(async () => {
    const stands = await tools.store.readReturned(tenant, id);
    // Where more is to be taken by now, whoever said so finishes it.
    if (stands?.revision !== revision) return { answer: undefined };
    return { answer: undefined, write: () => tools.store.finishReturned(stands) };
  });
}

/** Takes back first what others are taking off receipts; answers whether there was any. */
export async function takeBackOthers(
  tools: Tools,
  tenant: string,
  receiptIds: readonly string[],
  now: Date,
): Promise<boolean> {
  const returning = await tools.store.readReturning(tenant, receiptIds);
  const returnedIds = [...new Set(returning.map(({ returnedId }) => returnedId))];
  for (const id of returnedIds) {
    const returned = await tools.store.readReturned(tenant, id);
    if (returned) await takeBack(tools, returned, now);
  }
  return returnedIds.length > 0;
}
