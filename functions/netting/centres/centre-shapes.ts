import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { amountOut, currency, nonNegativeAmount, page, positiveAmount, text } from '../../../shared/http/schemas.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { scheduleIn, toSchedule } from '../cycles/schedule-shapes.ts';
import { nettingModes, paymentWays, unconfirmedRules } from '../terms/netting-terms.ts';
import { type CentreTerms, type PairTerms, settlements } from './centre.ts';
import { sources } from './identity.ts';
import { PARTICIPANTS_MAX } from './participant.ts';
import { participantId, participantIn, partyName, toCurrencyAmount, version } from './participant-shapes.ts';

/** What netting centres look like to a caller. */

/** Characters behind the prefix. */
const ID_LENGTH_MAX = 40;
const CURRENCIES_MAX = 20;
const RATE_SET_LENGTH_MAX = 60;
const PAIRS_MAX = 1_000;
/** A year: what is older is no rate of anything. */
const RATE_DAYS_MAX = 366;
const RATE_DAYS_UNLESS_TOLD = 7;

export const centreId = z
  .string()
  .regex(
    new RegExp(`^ctr_[A-Za-z0-9_-]{1,${ID_LENGTH_MAX}}$`),
    `Send an id that begins with ctr_ and goes on with 1 to ${ID_LENGTH_MAX} letters, digits, dashes or underscores.`,
  )
  .meta({ examples: ['ctr_group'] });

const bilateralLimit = z
  .strictObject({ payer: participantId, payee: participantId, amount: nonNegativeAmount })
  .meta({ id: 'BilateralLimit', description: 'What the payer may owe the payee net; exactly that is allowed.' });
const excludedPair = z.tuple([participantId, participantId]);

const fields = {
  name: partyName,
  currencies: z.array(currency).min(1).max(CURRENCIES_MAX).meta({ description: 'In which obligations are taken.' }),
  mode: z.enum(nettingModes),
  payments: z.enum(paymentWays),
  settlement: z.enum(settlements).meta({
    description: 'HOME_CURRENCY: net positions are converted, and one payment settles them all.',
  }),
  rateSet: text(RATE_SET_LENGTH_MAX).meta({ description: 'Name of the rates by which positions are converted.' }),
  rateDaysMax: z.int().min(0).max(RATE_DAYS_MAX).meta({
    description:
      'Calendar days that a rate may be older than the cut-off date. An older one counts as missing, once the cycle is cut off.',
  }),
  schedule: scheduleIn,
  minimumPayments: z.array(positiveAmount).max(CURRENCIES_MAX).meta({
    description: 'By currency that is paid: a position below it is carried to the next cycle.',
  }),
  unconfirmed: z.enum(unconfirmedRules).meta({ description: 'What becomes of obligations that nobody has confirmed.' }),
  sources: z
    .array(z.enum(sources))
    .max(sources.length)
    .meta({
      description:
        'Of whose events it takes obligations: intercompany INVOICES, POOL_LOANS that fall due, PAYOUTS of markets that did not ' +
        'go, COLLECTIONS for others. Participants say by their `identities` how events name them.',
    }),
  bilateralLimits: z.array(bilateralLimit).max(PAIRS_MAX),
  excludedPairs: z
    .array(excludedPair)
    .max(PAIRS_MAX)
    .meta({
      description:
        'Two that do not net with each other: what one owes the other is paid by itself, and in direct payments neither pays the other ' +
        'for its position.',
    }),
};

export const centreIn = z
  .strictObject({
    id: centreId.meta({ description: 'Yours; no two centres have the same.' }),
    legalEntity: partyName.meta({ description: 'Who holds the accounts of the centre.' }),
    homeCurrency: currency,
    ...fields,
    mode: fields.mode.default('MULTILATERAL'),
    payments: fields.payments.optional().meta({
      description: 'THROUGH_CENTRE unless told; DIRECT, and nothing else, where the mode is BILATERAL.',
    }),
    settlement: fields.settlement.default('EACH_CURRENCY'),
    rateSet: fields.rateSet.optional(),
    rateDaysMax: fields.rateDaysMax.default(RATE_DAYS_UNLESS_TOLD),
    minimumPayments: fields.minimumPayments.default([]),
    unconfirmed: fields.unconfirmed.default('INCLUDED'),
    sources: fields.sources.default([]),
    bilateralLimits: fields.bilateralLimits.default([]),
    excludedPairs: fields.excludedPairs.default([]),
    participants: z.array(participantIn).max(PARTICIPANTS_MAX).default([]),
  })
  .meta({ id: 'NettingCentreRequest' });

export const centreChangeIn = z
  .strictObject({
    ...z.strictObject(fields).partial().shape,
    rateSet: fields.rateSet.nullable().optional().meta({ description: 'null: none any more.' }),
    expectedVersion: expectedVersion.optional(),
  })
  .refine(({ expectedVersion: _, ...change }) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({
    id: 'NettingCentreChange',
    description: 'What is left out stays; a list that is sent takes the place of the one before.',
  });

export const centreOut = z
  .object({
    id: z.string(),
    name: z.string(),
    legalEntity: z.string(),
    homeCurrency: z.string(),
    currencies: z.array(z.string()),
    mode: z.enum(nettingModes),
    payments: z.enum(paymentWays),
    settlement: z.enum(settlements),
    rateSet: z.string().optional(),
    rateDaysMax: z.int(),
    schedule: scheduleIn,
    minimumPayments: z.array(amountOut),
    unconfirmed: z.enum(unconfirmedRules),
    sources: z.array(z.enum(sources)),
    participantCount: z.int(),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'NettingCentre' });

export const wholeCentreOut = centreOut
  .extend({
    bilateralLimits: z.array(z.object({ payer: z.string(), payee: z.string(), amount: amountOut })),
    excludedPairs: z.array(z.array(z.string())),
  })
  .meta({ id: 'WholeNettingCentre' });

export const centreQuery = z.strictObject({ version: version.optional() });
export const centresQuery = page;
export const centresOut = z.object({ centres: z.array(centreOut), nextCursor: z.string().optional() });

type Asked = z.output<typeof centreIn>;

/** The terms of a request, as the model has them. */
export function toTerms(asked: Asked): CentreTerms {
  const { name, currencies, mode, settlement, rateSet, unconfirmed, sources } = asked;
  return {
    ...{
      name,
      currencies: currencies as CurrencyCode[],
      mode,
      settlement,
      unconfirmed,
      sources,
      ...defined({ rateSet }),
    },
    payments: asked.payments ?? (mode === 'BILATERAL' ? 'DIRECT' : 'THROUGH_CENTRE'),
    rateDaysMax: asked.rateDaysMax,
    schedule: toSchedule(asked.schedule),
    minimumPayments: asked.minimumPayments.map(toCurrencyAmount),
  };
}

/** What a change says of the terms. `rateSet` that is null stands for none. */
export function toTermsChange(asked: Omit<z.output<typeof centreChangeIn>, 'expectedVersion'>) {
  const { schedule, minimumPayments, currencies, bilateralLimits: _l, excludedPairs: _p, rateSet, ...rest } = asked;
  const change: Partial<CentreTerms> = {
    ...defined(rest),
    ...(currencies && { currencies: currencies as CurrencyCode[] }),
    ...(schedule && { schedule: toSchedule(schedule) }),
    ...(minimumPayments && { minimumPayments: minimumPayments.map(toCurrencyAmount) }),
    ...(typeof rateSet === 'string' && { rateSet }),
  };
  return { change, dropsRateSet: rateSet === null };
}

/** What a request says of pairs; what it does not say is left out. */
export function toPairs(asked: {
  readonly bilateralLimits?: Asked['bilateralLimits'] | undefined;
  readonly excludedPairs?: Asked['excludedPairs'] | undefined;
}): Partial<PairTerms> {
  const { bilateralLimits, excludedPairs } = asked;
  return {
    ...(bilateralLimits && {
      bilateralLimits: bilateralLimits.map(({ payer, payee, amount }) => ({
        payer,
        payee,
        ...toCurrencyAmount(amount),
      })),
    }),
    ...(excludedPairs && { excludedPairs }),
  };
}
