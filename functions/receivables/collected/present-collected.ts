import type * as z from 'zod';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type CollectedCredit, collectedState, creditedOf, differenceOf } from './collected-credit.ts';
import type { collectedOut } from './collected-shapes.ts';

export function presentCollected(collected: CollectedCredit): z.input<typeof collectedOut> {
  const { id, fileId, legalEntity, accountId, currency, credits, orders, settled, returned } = collected;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ id, state: collectedState(collected), fileId, legalEntity, accountId, orders },
    credited: show(creditedOf(collected)),
    settled: show(settled),
    returned: show(returned),
    difference: show(differenceOf(collected)),
    credits: credits.map(({ entryId, amount, bookedOn }) => ({ entryId, bookedOn, amount: show(amount) })),
    ...defined({ acknowledged: collected.acknowledged?.reason }),
    comparedAt: collected.comparedAt,
    version: collected.revision,
    createdAt: collected.createdAt,
    changedAt: collected.changedAt,
  };
}
