import * as z from 'zod';
import { currency, date, nonNegativeAmount, positiveAmount } from '../../../shared/http/schemas.ts';
import { checkBic } from '../../../shared/identifiers/bic.ts';
import { railCalendars } from '../routing/default-rails.ts';
import { directions, MILLIONTHS_ONE, railKinds } from '../routing/rail.ts';
import { railFaults } from '../routing/rail-faults.ts';
import { changed, firstDay, outagesOut } from './outage-shapes.ts';
import { currencyFaults, toRail } from './read-rails.ts';

/** What rails look like to a caller, sent and received. */

const RAILS_MAX = 100;
const BANDS_MAX = 12;
const CUT_OFFS_MAX = 24;
const BANKS_MAX = 100;
const LEAD_DAYS_MAX = 30;
const PERCENT_MAX = 1_000;
/** 30 days. */
const MINUTES_MAX = 43_200;
const ID_LENGTH_MAX = 40;
const ZONE_LENGTH_MAX = 40;
const CALENDAR_LENGTH_MAX = 40;

export const railId = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_.-]{1,${ID_LENGTH_MAX}}$`),
    `A rail's id has 1 to ${ID_LENGTH_MAX} letters, digits, underscores, dots or dashes.`,
  )
  .meta({ examples: ['IBPS'] });

const time = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'Send a time as HH:MM, 00:00 to 23:59.');
const calendar = z
  .string()
  .max(CALENDAR_LENGTH_MAX)
  .meta({ description: `Whose working days count: ${[...railCalendars.keys()].join(', ')}.` });

const hours = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ALWAYS') }),
    z.strictObject({
      type: z.literal('SESSION'),
      calendar,
      opensOn: z.enum(['DAY_BEFORE', 'SAME_DAY']),
      opens: time,
      closes: time.meta({ description: 'The cut-off of the working day; still in time itself.' }),
    }),
    z.strictObject({
      type: z.literal('CUT_OFFS'),
      calendar,
      cutOffs: z.array(time).min(1).max(CUT_OFFS_MAX).meta({ description: 'Ascending; on working days.' }),
      leadDays: z.int().min(0).max(LEAD_DAYS_MAX).meta({
        description: 'Working days from the file to its business date.',
      }),
      settlesAt: time.meta({ description: 'On the business date.' }),
    }),
  ])
  .meta({
    id: 'RailHours',
    description:
      'ALWAYS: at any time. SESSION: one window per working day, from `opens` on it or on the natural day before. CUT_OFFS: files that leave at these times.',
  });

const tariff = z
  .strictObject({
    bands: z
      .array(z.strictObject({ upTo: positiveAmount, fee: nonNegativeAmount }))
      .max(BANDS_MAX)
      .default([])
      .meta({ description: 'Ascending; amounts up to and including `upTo` pay `fee`.' }),
    above: z
      .strictObject({
        millionths: z.int().min(0).max(MILLIONTHS_ONE),
        floor: nonNegativeAmount.optional(),
        cap: nonNegativeAmount.optional(),
      })
      .meta({ description: 'Amounts above the last band pay a rate: 20 millionths are 0.002 %.' }),
    urgent: z
      .strictObject({ percent: z.int().min(0).max(PERCENT_MAX), cap: nonNegativeAmount.optional() })
      .optional()
      .meta({ description: 'Surcharge of an urgent item; fee and surcharge together are cut at `cap`.' }),
  })
  .meta({ id: 'RailTariff' });

const bankType = z.string().regex(/^[0-9]{3}$/, 'A bank type is the first three digits of a CNAPS code.');
const bankInList = z.string().check((context) => {
  const { value } = context;
  if (/^[0-9]{3}$/.test(value) || (value.length === 8 && checkBic(value) === undefined)) return;
  const message = 'Send the first three digits of a CNAPS code, or the first eight characters of a BIC.';
  context.issues.push({ code: 'custom', input: value, message });
});

const banks = z
  .discriminatedUnion('same', [
    z.strictObject({
      same: z.literal('CNAPS_TYPE'),
      sharedTypes: z.array(bankType).max(BANKS_MAX).meta({
        description:
          'Types that many banks share, such as 402 of rural credit unions: there only the same code is the same bank.',
      }),
    }),
    z.strictObject({ same: z.literal('BIC8') }),
    z.strictObject({
      same: z.literal('ANY'),
      only: z.array(bankInList).min(1).max(BANKS_MAX).optional(),
      except: z.array(bankInList).min(1).max(BANKS_MAX).optional(),
    }),
  ])
  .meta({
    id: 'RailBanks',
    description: 'Whether payer and payee must be at one bank, and how that is told; or which banks the rail reaches.',
  });

export const rail = z
  .strictObject({
    id: railId,
    kind: z.enum(railKinds),
    currency,
    directions: z.array(z.enum(directions)).min(1).max(directions.length),
    effectiveFrom: date.refine((day) => day >= firstDay, `Send ${firstDay} or a later day.`),
    expiresOn: date
      .optional()
      .meta({ description: 'The last day. Decisions of a day go by the version in force on it.' }),
    minimum: positiveAmount.optional().meta({ description: 'For one item, inclusive.' }),
    maximum: positiveAmount.optional().meta({ description: 'For one item, inclusive.' }),
    zone: z
      .string()
      .max(ZONE_LENGTH_MAX)
      .regex(/^[A-Za-z]/, 'Send a zone of the IANA database, such as Asia/Shanghai.')
      .default('Asia/Shanghai'),
    hours,
    tariff,
    successMillionths: z.int().min(0).max(MILLIONTHS_ONE).meta({ description: 'How many in a million items arrive.' }),
    usualMinutes: z.int().min(0).max(MINUTES_MAX).meta({ description: 'From execution to settlement.' }),
    banks: banks.default({ same: 'ANY' }),
  })
  .meta({ id: 'Rail', description: 'One dated version of a rail.' });

export type RailShape = z.output<typeof rail>;

export const rails = z
  .array(rail)
  .min(1)
  .max(RAILS_MAX)
  .check((context) => {
    const { value, issues } = context;
    // Whether they make sense together is asked of rails that are well formed.
    if (issues.length > 0) return;
    const mixed = currencyFaults(value);
    const faults = mixed.length > 0 ? mixed : railFaults(value.map(toRail), railCalendars);
    for (const { path, detail } of faults) {
      issues.push({ code: 'custom', path: [...path], input: value, message: detail });
    }
  });

export const railsOut = z
  .strictObject({
    source: z.enum(['CONFIGURED', 'DEFAULT']).meta({
      description: 'DEFAULT: nothing was put yet, and the common rails are in use; put them to change them.',
    }),
    version: z.int().meta({ description: 'Each change counts one on; 0 while nothing was put.' }),
    rails: z.array(rail),
    outages: z.array(outagesOut),
    ...changed,
  })
  .meta({ id: 'Rails' });
