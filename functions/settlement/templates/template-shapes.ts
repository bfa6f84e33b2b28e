import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { page } from '../../../shared/http/schemas.ts';
import type { Fault } from '../../../shared/problems/located-faults.ts';

/** What templates of every use have in common to a caller. */

const ID_LENGTH_MAX = 40;

export const templateId = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_-]{1,${ID_LENGTH_MAX}}$`),
    `Send 1 to ${ID_LENGTH_MAX} letters, digits, dashes or underscores.`,
  )
  .meta({ examples: ['own-bill'] });

export const templateQuery = page;
export const expected = { expectedVersion: expectedVersion.optional() };

export const templateHeadOut = {
  id: z.string(),
  builtIn: z.boolean().meta({ description: 'Everybody has it, and nobody changes it.' }),
  version: z.int().meta({ description: '0 of a built-in one.' }),
  changedAt: z.string().optional(),
};

/** Faults of a template told as those of any other field. */
export function tell(faults: readonly Fault[], input: unknown, issues: z.core.$ZodRawIssue[]): void {
  for (const { path, detail } of faults) issues.push({ code: 'custom', input, path: [...path], message: detail });
}
