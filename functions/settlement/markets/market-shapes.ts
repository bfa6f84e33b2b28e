import * as z from 'zod';
import { calendars } from '../../../shared/calendar/calendars.ts';
import { defaultZone, isZone } from '../../../shared/calendar/local-time.ts';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { currency, page, text } from '../../../shared/http/schemas.ts';
import { defaultChannels } from '../channels/default-channels.ts';
import type { Shortfall } from './market.ts';

/** What markets look like to a caller. */

const NAME_LENGTH_MAX = 140;
/** Characters behind the prefix: with it, what a merchant's token may name. */
const ID_LENGTH_MAX = 60;
const ZONE_LENGTH_MAX = 40;
/** A week. */
const TIMEOUT_MINUTES_MAX = 10_080;
const TIMEOUT_MINUTES_DEFAULT = 30;
const BASIS_POINTS_ALL = 10_000;

/** An id that the caller gives. */
function ownId(prefix: string) {
  return z
    .string()
    .regex(
      new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,${ID_LENGTH_MAX}}$`),
      `Send an id that begins with ${prefix}_ and goes on with 1 to ${ID_LENGTH_MAX} letters, digits, dashes or underscores.`,
    );
}

export const marketId = ownId('mkt').meta({ examples: ['mkt_chengdu'] });
export const merchantId = ownId('mer').meta({ examples: ['mer_teahouse'] });
export const partyName = text(NAME_LENGTH_MAX);

const zone = z
  .string()
  .max(ZONE_LENGTH_MAX)
  .refine(isZone, `Send a zone of the IANA database, such as ${defaultZone}.`)
  .meta({ description: 'The clock of its days and cut-offs.' });

const known = [...calendars.keys()].join(', ');
export const calendarName = z
  .string()
  .refine((name) => calendars.has(name), `Name a calendar that there is: ${known}.`)
  .meta({ description: `Whose working days count: ${known}.` });

export const shortfallIn = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('CARRY') }),
    z.strictObject({
      kind: z.literal('RECOVER'),
      basisPoints: z.int().min(1).max(BASIS_POINTS_ALL).meta({ description: 'Of a day’s sales; 100 is one per cent.' }),
    }),
    z.strictObject({ kind: z.literal('BILL') }),
  ])
  .meta({
    id: 'Shortfall',
    description:
      'What becomes of a merchant’s day that is below zero, after other days of its run. CARRY: it goes on to the next day whole. ' +
      'RECOVER: of a day’s sales at most this part is kept for it, as long as other days of the same run have the rest; where they ' +
      'have not, it is as CARRY. BILL: what is beyond payouts that are not paid yet you give off your `own` and bill to the merchant. ' +
      'A refund takes what the merchant has, of any day, at once. Where that is too little it waits as PENDING_FUNDS, and counts on ' +
      'the merchant’s day from then on.',
  });

const fields = {
  name: partyName,
  calendar: calendarName,
  orderTimeoutMinutes: z.int().min(1).max(TIMEOUT_MINUTES_MAX).meta({
    description: 'An order that is not paid by then is closed, where it does not say itself.',
  }),
  shortfall: shortfallIn,
};

export const marketIn = z
  .strictObject({
    id: marketId.meta({ description: 'Yours; no two markets have the same.' }),
    name: fields.name,
    legalEntity: partyName.meta({ description: 'Who holds the accounts that are opened in the ledger.' }),
    currency: currency.meta({ description: 'All of a market is in one currency.' }),
    zone: zone.default(defaultZone),
    calendar: fields.calendar.default('CN_STATE_COUNCIL'),
    orderTimeoutMinutes: fields.orderTimeoutMinutes.default(TIMEOUT_MINUTES_DEFAULT),
    shortfall: fields.shortfall.default({ kind: 'CARRY' }),
    channels: z
      .array(z.enum(defaultChannels.map(({ id }) => id)))
      .max(defaultChannels.length)
      .default([])
      .meta({
        description: 'Pay channels that it begins with, in their common terms; GET …/channels offers them later too.',
      }),
  })
  .check(({ value: { channels, currency: own }, issues }) => {
    for (const [place, id] of channels.entries()) {
      const { currency: theirs } = defaultChannels.find((one) => one.id === id) ?? { currency: own };
      const isTwice = channels.indexOf(id) < place;
      if (!isTwice && theirs === own) continue;
      const message = isTwice ? 'Send it once.' : `It is in ${theirs}; leave it out of a market in ${own}.`;
      issues.push({ code: 'custom', input: id, path: ['channels', place], message });
    }
  })
  .meta({ id: 'MarketRequest' });

export const marketChangeIn = z
  .strictObject({
    name: fields.name.optional(),
    calendar: fields.calendar.optional(),
    orderTimeoutMinutes: fields.orderTimeoutMinutes.optional(),
    shortfall: fields.shortfall.optional(),
    expectedVersion: expectedVersion.optional(),
  })
  .refine(({ expectedVersion: _, ...change }) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({ id: 'MarketChange', description: 'What is left out stays. Dates that are promised do not move.' });

export const marketOut = z
  .object({
    id: z.string(),
    name: z.string(),
    legalEntity: z.string(),
    currency: z.string(),
    zone: z.string(),
    calendar: z.string(),
    orderTimeoutMinutes: z.int(),
    shortfall: shortfallIn,
    accounts: z
      .object({
        supervised: z.string().meta({ description: '资金监管: paid, and not split yet.' }),
        inTransit: z.string().meta({ description: 'Payouts that are on their way.' }),
        paidOut: z.string().meta({ description: 'What banks have paid out, less what came back.' }),
        claims: z.string().meta({
          description: 'What merchants owe who were paid twice, below zero; post what they pay of it there.',
        }),
        own: z.string().meta({
          description: 'What the market gives towards coupons, and bills to merchants; you put the money there.',
        }),
      })
      .meta({
        description:
          'Accounts of the ledger; nobody but settlement moves them, but for `own`, and what is paid into `claims`.',
      }),
    version: z.int(),
    changedAt: z.string(),
  })
  .meta({ id: 'Market' });

export const marketsQuery = page;
export const marketsOut = z.object({ markets: z.array(marketOut), nextCursor: z.string().optional() });

/** As the model has it. */
export function toShortfall(asked: z.output<typeof shortfallIn>): Shortfall {
  return asked.kind === 'RECOVER' ? { kind: 'RECOVER', basisPoints: BigInt(asked.basisPoints) } : asked;
}
