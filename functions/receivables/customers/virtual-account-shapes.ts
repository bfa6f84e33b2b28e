import * as z from 'zod';
import { accountNumberIn } from '../../../shared/http/account-number-in.ts';
import { id, text } from '../../../shared/http/schemas.ts';
import { legalEntity } from '../books/book-shapes.ts';

/** What virtual accounts look like to a caller. */

const REFERENCE_LENGTH_MAX = 140;

export const virtualAccountIn = z
  .strictObject({
    number: accountNumberIn.meta({ description: 'What a payer pays to. It is never given out again.' }),
    legalEntity,
    customerId: id('cus').meta({ description: 'Who pays to it.' }),
    reference: text(REFERENCE_LENGTH_MAX).optional().meta({
      description: 'The contract or order that it stands for, as it stands among the references of invoices.',
    }),
  })
  .meta({ id: 'VirtualAccountRequest' });

export const virtualAccountOut = z
  .object({
    id: z.string(),
    number: z.string(),
    legalEntity: z.string(),
    customerId: z.string(),
    reference: z.string().optional(),
    state: z.enum(['ACTIVE', 'CLOSED']),
    createdAt: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: 'VirtualAccount' });
