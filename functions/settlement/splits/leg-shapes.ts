import * as z from 'zod';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { amountOut } from '../../../shared/http/schemas.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { explainLeg, type LegContext } from './explain-leg.ts';
import type { SplitLeg } from './split.ts';

/** What a share looks like to a caller. */

export const legOut = z
  .object({
    sequence: z.int(),
    receiver: z.string().optional().meta({ description: 'The merchant who gets it.' }),
    amount: amountOut.meta({ description: 'What is paid out, after the fee that it bears.' }),
    fee: amountOut,
    base: amountOut.meta({ description: 'What the share was taken of.' }),
    kind: z.enum(['FIXED', 'RATIO', 'WEIGHT', 'TIERS', 'REMAINDER', 'MERCHANT', 'SUM']).meta({
      description:
        'MERCHANT: what nobody else gets goes to the selling merchant. SUM (汇总): all of it is added up with others and split on `dueOn`.',
    }),
    bound: z.enum(['CAP', 'FLOOR']).optional(),
    explanation: z.string().meta({ description: 'How it came about, so that its receiver can check it.' }),
    dueOn: z.string().optional().meta({ description: 'Absent while the goods have to be confirmed first.' }),
  })
  .meta({ id: 'SplitLeg' });

/** A leg, or what goes into a sum as a whole. */
type ShownLeg = Omit<SplitLeg, 'kind'> & { readonly kind: SplitLeg['kind'] | 'SUM' };

/** A leg as the API shows it; `receiver` is who sells where the leg leaves it open. */
export function presentLeg(
  leg: ShownLeg,
  context: LegContext,
  { receiver = leg.receiver, dueOn }: { readonly receiver?: string; readonly dueOn?: PlainDate },
) {
  const { sequence, amount, fee, base, kind, bound } = leg;
  const show = (minor: bigint) => presentAmount(minor, context.currency);
  return {
    sequence,
    ...defined({ receiver }),
    ...{ amount: show(amount), fee: show(fee), base: show(base), kind },
    ...defined({ bound }),
    explanation: kind === 'SUM' ? '汇总 split with the others of its day' : explainLeg({ ...leg, kind }, context),
    ...defined({ dueOn }),
  };
}
