import * as z from 'zod';

/** What the answers to batches have in common. */

export const lineNumber = z.int().meta({ description: 'From 1: its place in the list.' });

/** Why a line was refused, by codes of its own. */
export function faultsOut<const Code extends string>(codes: readonly Code[]) {
  return {
    faults: z
      .array(
        z.object({
          code: z.enum(codes),
          field: z.string(),
          detail: z.string().optional().meta({
            description: 'Left out where the answer would be too large; the line by itself is told it.',
          }),
        }),
      )
      .optional(),
    untold: z.int().optional().meta({ description: 'So many faults more, where the answer would be too large.' }),
  };
}
