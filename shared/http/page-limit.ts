import * as z from 'zod';

const PAGE_LIMIT_DEFAULT = 100;
const PAGE_LIMIT_MAX = 1_000;

/** Query parameter `limit`: text in the URL, a number inside. */
export const pageLimit = z
  .string()
  .regex(/^[0-9]{1,4}$/, limitDetail())
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= PAGE_LIMIT_MAX, limitDetail())
  .default(PAGE_LIMIT_DEFAULT)
  .meta({
    type: 'integer',
    minimum: 1,
    maximum: PAGE_LIMIT_MAX,
    pattern: undefined,
    description: 'How many at most.',
  });

function limitDetail(): string {
  return `Send a whole number from 1 to ${PAGE_LIMIT_MAX}.`;
}
