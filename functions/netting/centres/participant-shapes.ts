import * as z from 'zod';
import { bankAccountIn, bankAccountOut } from '../../../shared/http/bank-account.ts';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, currency, id, nonNegativeAmount, page, text } from '../../../shared/http/schemas.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { CurrencyAmount } from './centre.ts';
import { identityKinds } from './identity.ts';
import { PARTICIPANTS_MAX, type Participant, participantStates } from './participant.ts';

/** What participants look like to a caller. */

const NAME_LENGTH_MAX = 140;
const ID_LENGTH_MAX = 40;
const ACCOUNTS_MAX = 20;
const IDENTITIES_MAX = 50;
const IDENTITY_LENGTH_MAX = 140;
/** Digits of the version of a centre. */
const VERSION_DIGITS_MAX = 6;

export const partyName = text(NAME_LENGTH_MAX);

export const participantId = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,${ID_LENGTH_MAX - 1}}$`),
    `Send 1 to ${ID_LENGTH_MAX} letters, digits, underscores, dots or dashes; the first is a letter or a digit.`,
  )
  .meta({ examples: ['CHENGDU'] });

const accountIn = z
  .discriminatedUnion('at', [
    z.strictObject({ at: z.literal('LEDGER'), currency, accountId: id('acc') }),
    z.strictObject({
      at: z.literal('BANK'),
      currency,
      name: partyName.meta({ description: 'Whose account it is, as the bank has it.' }),
      account: bankAccountIn('ParticipantBankAccount', 'ParticipantBank'),
    }),
  ])
  .meta({ id: 'ParticipantAccountRequest', description: 'What it pays from and is paid on in a currency.' });

const identityIn = z.strictObject({ as: z.enum(identityKinds), value: text(IDENTITY_LENGTH_MAX) }).meta({
  id: 'ParticipantIdentity',
  description:
    'LEGAL_ENTITY: who issues invoices. CUSTOMER: id of a customer of receivables. POOL_ENTITY: entity of a member of a pool. ' +
    'MARKET, MERCHANT: their ids. ACCOUNT: id of the ledger account that collections are credited to. BENEFICIARY: what ' +
    'collections for others carry as the reference `onBehalfOf`.',
});

export const participantIn = z
  .strictObject({
    id: participantId.meta({ description: 'Yours; a centre has one of each.' }),
    name: partyName,
    state: z.enum(participantStates).default('ACTIVE').meta({ description: 'SUSPENDED: it takes on nothing new.' }),
    accounts: z.array(accountIn).max(ACCOUNTS_MAX).default([]).meta({
      description:
        'One for each currency at most. Where it has none, its position is kept on an account of the centre.',
    }),
    netDebitLimits: z
      .array(nonNegativeAmount)
      .max(ACCOUNTS_MAX)
      .default([])
      .meta({
        description:
          'What it may owe all others together net, at most; exactly that is allowed. What it owes one of an excluded pair counts in ' +
          'full. In a currency that is paid or, where all is converted, in any of the centre.',
      }),
    identities: z.array(identityIn).max(IDENTITIES_MAX).default([]).meta({
      description: 'How events name it, for the `sources` of the centre. Each leads to one participant of one centre.',
    }),
  })
  .meta({ id: 'ParticipantRequest' });

export const participantsIn = z
  .strictObject({
    participants: z.array(participantIn).min(1).max(PARTICIPANTS_MAX),
    expectedVersion: expectedVersion.optional(),
  })
  .meta({
    id: 'ParticipantsRequest',
    description: `Those that are there already become as they are sent; a centre has ${PARTICIPANTS_MAX.toLocaleString('en')} in all.`,
  });

export const participantOut = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(participantStates),
    accounts: z.array(
      z.discriminatedUnion('at', [
        z.object({ at: z.literal('LEDGER'), currency: z.string(), accountId: z.string() }),
        z.object({ at: z.literal('BANK'), currency: z.string(), name: z.string(), account: bankAccountOut }),
      ]),
    ),
    netDebitLimits: z.array(amountOut),
    identities: z.array(z.object({ as: z.enum(identityKinds), value: z.string() })),
  })
  .meta({ id: 'Participant' });

/** Query parameter `version`: text in the URL, a number inside. */
export const version = z
  .string()
  .regex(new RegExp(`^[1-9][0-9]{0,${VERSION_DIGITS_MAX - 1}}$`), 'Send a version as a whole number from 1 on.')
  .transform(Number)
  .meta({ type: 'integer', minimum: 1, pattern: undefined, description: 'As it was then; as it is now unless told.' });

export const participantsQuery = z.strictObject({ ...page.shape, version: version.optional() });
export const participantsOut = z.object({
  participants: z.array(participantOut),
  nextCursor: z.string().optional(),
});

/** As the model has it. */
export function toParticipant({ netDebitLimits, accounts, ...rest }: z.output<typeof participantIn>): Participant {
  return {
    ...rest,
    accounts: accounts.map((account) => account as Participant['accounts'][number]),
    netDebitLimits: netDebitLimits.map(toCurrencyAmount),
  };
}

export function toCurrencyAmount(money: { readonly minor: bigint; readonly currency: string }): CurrencyAmount {
  return { currency: money.currency as CurrencyCode, amount: money.minor };
}
