import * as z from 'zod';

/** What several answers about interest have in common. */

export const rate = z.string().meta({ description: 'Percent per year.', examples: ['1.50'] });

export const refusal = z.object({ code: z.string(), detail: z.string() });

export const nextCursor = z
  .string()
  .optional()
  .meta({ description: 'Pass it as `cursor` for the next page; absent on the last.' });
