import pLimit from 'p-limit';
import type { Block } from '../batches/batch.ts';
import { messageOf } from '../batches/block-messages.ts';
import { changeItems, type ItemsChange, whereNobodyElseWrites } from '../batches/change-items.ts';
import { isUnderActive, withdrawn } from '../batches/name-messages.ts';
import type { BatchContext } from '../batches/prepare-block.ts';
import type { BankGateway, BankMessage, Handover } from '../gateway/bank-gateway.ts';
import { unlessFinal } from '../gateway/unless-final.ts';
import type { CollectionItem } from '../items/item.ts';
import { type Handed, takeHandover } from '../items/take-report.ts';
import type { CollectionTools } from '../tools.ts';

const blocksAtOnceMax = 8;

/**
 * Hands a message over, and notes in all its blocks what became of it; again is the same. It is closed first: nobody joins
 * any more. Where a mandate was revoked or suspended meanwhile and nothing of it can have gone, it is withdrawn; what may
 * have arrived goes on. The orders of what was withdrawn, now or before, by whomever, are named anew: no rail refused them.
 * Answers the blocks that have changed by it.
 */
export async function sendMessage(
  tools: CollectionTools,
  { batch, channel }: BatchContext,
  messageId: string,
  now: Date,
): Promise<readonly number[]> {
  const { store } = tools;
  const { tenant, id } = batch;
  const dispatch = await store.closeDispatch(tenant, id, messageId);
  const blocks = await store.readBlocksAt(tenant, id, dispatch.blocks);
  const items = blocks.flatMap((block) => block.items.filter((item) => isOfMessage(item, messageId)));
  const mandateIds = items.map(({ mandateId }) => mandateId);
  const mandates = await store.readMandates(tenant, mandateIds);
  const message = messageOf(messageId, blocks, mandates, channel);
  const stands = items.every((item) => isUnderActive(item, mandates, now));
  const gateway = tools.gatewayOf(channel);
  const handover = await (stands ? gateway.hand(message, now) : withdrawOrHand(gateway, message, now)).catch(
    unlessFinal,
  );
  if (handover.outcome === 'WITHDRAWN') {
    return await noteIn(tools, blocks, (some) => withdrawn(some, messageId), now);
  }
  return await noteIn(tools, blocks, (some) => afterHandover(some, messageId, handover, now), now);
}

/** What may have gone is handed over to its end: nobody would know otherwise whether it had. */
async function withdrawOrHand(gateway: BankGateway, message: BankMessage, now: Date): Promise<Handover> {
  const handover = await gateway.withdraw(message, now);
  return handover.outcome === 'UNKNOWN' ? await gateway.hand(message, now) : handover;
}

function isOfMessage({ tries }: CollectionItem, id: string): boolean {
  return tries.some(({ messageId }) => messageId === id);
}

function afterHandover(items: readonly CollectionItem[], messageId: string, handover: Handed, now: Date) {
  const at = now.toISOString();
  return items.map((item) => {
    const handed = item.tries.filter((one) => one.messageId === messageId);
    return handed.reduce((one, { orderId }) => takeHandover(one, orderId, handover, at)?.item ?? one, item);
  });
}

async function noteIn(
  tools: CollectionTools,
  blocks: readonly Block[],
  change: ItemsChange,
  now: Date,
): Promise<readonly number[]> {
  const limit = pLimit(blocksAtOnceMax);
  const noted = await Promise.all(
    blocks.map(({ tenant, batchId, block: number }) =>
      limit(() =>
        whereNobodyElseWrites(async () => {
          const block = await tools.store.readBlock(tenant, batchId, number);
          return block && (await changeItems(tools, block, change, now)) ? [number] : [];
        }),
      ),
    ),
  );
  return noted.flat();
}
