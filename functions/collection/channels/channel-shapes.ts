import * as z from 'zod';
import { text } from '../../../shared/http/schemas.ts';
import { channelKinds } from '../gateway/sent-message.ts';
import { expectedVersion } from '../rails/outage-shapes.ts';
import { channelFaults } from './channel-faults.ts';
import { toChannel } from './read-channel.ts';

/** What a bank channel looks like to a caller. */

const NAME_LENGTH_MAX = 140;
const NUMBER_LENGTH_MAX = 34;
const ID_LENGTH_MAX = 35;

const bank = z
  .strictObject({ cnaps: z.string().max(12).optional(), bic: z.string().max(11).optional() })
  .refine(({ cnaps, bic }) => cnaps !== undefined || bic !== undefined, 'Send the bank’s CNAPS code, its BIC, or both.')
  .meta({ id: 'CreditorBank', description: 'CNAPS code (支付系统行号) or BIC.' });

const creditor = z
  .strictObject({
    name: text(NAME_LENGTH_MAX),
    account: z.strictObject({
      number: z
        .string()
        .regex(/^[A-Za-z0-9]+$/, 'Send the number in full, without spaces, dashes and stars.')
        .max(NUMBER_LENGTH_MAX),
      bank,
    }),
  })
  .meta({ id: 'Creditor', description: 'Who collects, and the account that the money goes to.' });

const initiatingParty = z
  .strictObject({ name: text(NAME_LENGTH_MAX).optional(), id: text(ID_LENGTH_MAX).optional() })
  .meta({
    id: 'InitiatingParty',
    description: 'Who sends the files, as agreed with the bank; the creditor’s name unless told.',
  });

const sepa = z
  .strictObject({ creditorId: text(ID_LENGTH_MAX), instrument: z.enum(['CORE', 'B2B']).default('CORE') })
  .meta({ id: 'SepaTerms', description: 'For files of the SEPA schemes: your creditor identifier.' });

const channel = z.enum(channelKinds).meta({
  description: 'SANDBOX: the bank that is part of the system. FILES: ISO 20022 files through the bucket.',
});
const characters = z.enum(['LATIN', 'UNICODE']).meta({
  description: 'What the bank takes in a file. LATIN: letters and digits without accents. UNICODE: Chinese too.',
});

export const channelIn = z
  .strictObject({
    channel,
    creditor,
    initiatingParty: initiatingParty.optional(),
    characters: characters.default('UNICODE'),
    sepa: sepa.optional(),
    expectedVersion: expectedVersion.optional(),
  })
  .check(({ value, issues }) => {
    for (const { path, detail } of channelFaults(toChannel(value))) {
      issues.push({ code: 'custom', input: value, path: [...path], message: detail });
    }
  })
  .meta({ id: 'BankChannelRequest' });

export type ChannelRequest = z.output<typeof channelIn>;

export const channelOut = z
  .strictObject({
    version: z.int().meta({ description: '0 where there is none; then nothing else is here.' }),
    channel: channel.optional(),
    creditor: z
      .strictObject({
        name: z.string(),
        account: z.strictObject({
          number: z.string().meta({ description: 'Masked.' }),
          bank: z.strictObject({ cnaps: z.string().optional(), bic: z.string().optional() }),
        }),
      })
      .optional(),
    initiatingParty: z.strictObject({ name: z.string().optional(), id: z.string().optional() }).optional(),
    characters: characters.optional(),
    sepa: z.strictObject({ creditorId: z.string(), instrument: z.enum(['CORE', 'B2B']) }).optional(),
    changedAt: z.string().optional(),
    changedBy: z.strictObject({ client: z.string(), role: z.string(), requestId: z.string() }).optional(),
  })
  .meta({ id: 'BankChannel' });
