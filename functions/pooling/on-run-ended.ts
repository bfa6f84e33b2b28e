import * as z from 'zod';
import { consumerHandler } from '../../shared/events/consume.ts';
import { noteDueLoans } from './loans/note-due-loans.ts';
import { poolingTools } from './tools.ts';

const ended = z.object({ poolId: z.string() });

/** Notes which loans of a pool have fallen due when one of its runs has ended: what they come to is settled then. */
export const handler = consumerHandler(({ tenant, data }, now) =>
  noteDueLoans(poolingTools(), { tenant, poolId: ended.parse(data).poolId }, now),
);
