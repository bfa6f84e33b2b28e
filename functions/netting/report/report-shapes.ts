import * as z from 'zod';
import { amountOut, page } from '../../../shared/http/schemas.ts';
import { closingStates } from '../closing/closing.ts';
import { legKinds } from '../payments/leg.ts';
import { settlingOut } from '../settling/settling-shapes.ts';
import { moveReasons, sections } from './rows.ts';

/** What figures of a cycle look like to a caller. */

const breach = z
  .object({
    kind: z.enum(['BILATERAL', 'NET_DEBIT']),
    payer: z.string(),
    payee: z.string().optional().meta({ description: 'Of a bilateral limit; else it is what all are owed together.' }),
    limit: amountOut,
    owed: amountOut,
    excess: amountOut.meta({ description: 'By how much it is breached.' }),
  })
  .meta({ id: 'NettingLimitBreach' });

const missingRate = z
  .object({
    ...{ base: z.string(), quote: z.string(), rateSet: z.string(), date: z.string() },
    lastDate: z
      .string()
      .optional()
      .meta({ description: 'Of which day the last one is, where that is older than `rateDaysMax` of the centre.' }),
    daysOld: z.int().optional(),
  })
  .meta({ id: 'NettingRateMissing' });

const volume = z.object({ payments: z.int(), value: amountOut });

const saving = z
  .object({
    currency: z.string(),
    gross: volume.meta({ description: 'Each obligation, and what was carried in, paid by itself.' }),
    bilateral: volume.meta({ description: 'The difference of each pair.' }),
    net: volume.meta({ description: 'As it is paid; value through the centre counts once.' }),
    savedValue: amountOut,
    savedPayments: z.int(),
    savedValuePercent: z.string(),
    savedPaymentsPercent: z.string(),
  })
  .meta({ id: 'NettingSaving' });

const rowCounts = z.object({
  ...{ positions: z.int(), bilateral: z.int(), toPay: z.int(), legs: z.int() },
  ...{ carried: z.int(), moved: z.int(), breaches: z.int() },
});

export const figuresOut = z
  .object({
    centreVersion: z.int().meta({ description: 'The version of the centre that it is netted by.' }),
    obligations: z.int().meta({ description: 'Those that are netted.' }),
    carriedIn: z.int().meta({ description: 'Positions that earlier cycles have carried into this one.' }),
    moved: z.int().meta({ description: 'Obligations that go to the next cycle.' }),
    parties: z.int(),
    residue: amountOut.optional().meta({ description: 'What the rounding account receives for conversion, or pays.' }),
    rates: z
      .array(z.object({ base: z.string(), quote: z.string(), rate: z.string(), date: z.string() }))
      .optional()
      .meta({ description: 'The rates that it is converted at.' }),
    savings: z.array(saving),
    fewestPayments: z.array(z.object({ currency: z.string(), how: z.enum(['EXACT', 'HEURISTIC']) })).meta({
      description:
        'Of direct payments. EXACT: there are no fewer. HEURISTIC: a bounded search found no fewer, or there are more, for nobody pays ' +
        'the other of an excluded pair: where that would be, there is a leg TO_CENTRE and one FROM_CENTRE.',
    }),
    rows: rowCounts,
    digest: z.string().meta({ description: 'SHA-256 of figures and rows: the same figures have the same.' }),
  })
  .meta({ id: 'NettingFigures' });

export const closingOut = z
  .object({
    state: z.enum([...closingStates, 'WAITING']).meta({
      description:
        'NETTING: it is worked out. MOVING: what is not netted goes to the next cycle. WAITING: see `hindrance`; a missing rate ' +
        'and a calendar are asked for again every quarter of an hour, a limit is a person’s to see to.',
    }),
    askedAt: z.string(),
    leaveOut: z.array(z.string()),
    progress: z.object({ blocks: z.int(), done: z.int() }).optional(),
    askAgainAt: z.string().optional(),
    hindrance: z
      .object({
        why: z.enum(['FX_RATE_MISSING', 'LIMITS_BREACHED', 'TOO_MANY_LINES', 'CALENDAR_NOT_PUBLISHED']).meta({
          description:
            'TOO_MANY_LINES: obligations and what was done to each are more than `linesMax`, which are netted at once; have the centre ' +
            'cut off more often.',
        }),
        lines: z.int().optional(),
        linesMax: z.int().optional(),
        missing: z.array(missingRate).optional(),
        count: z.int().optional(),
        breaches: z.array(breach).optional().meta({ description: 'The first of them; the report has all.' }),
        detail: z.string().optional(),
      })
      .optional(),
    failures: z.int().optional().meta({ description: 'Attempts that failed since it last got on.' }),
    failure: z.string().optional(),
    retryAt: z.string().optional().meta({ description: 'When it is tried again; asked to close, at once.' }),
  })
  .meta({ id: 'NettingClosing' });

const party = z.string().meta({
  description:
    'A participant; *centre: the centre itself; *rounding: the account that takes what rounding leaves over.',
});

export const reportOut = z
  .object({
    cycleId: z.string(),
    centreId: z.string(),
    cycleState: z.string(),
    cutOffDate: z.string(),
    valueDate: z.string(),
    dryRun: z.boolean(),
    settling: settlingOut.optional(),
    settledAt: z.string().optional(),
    outcome: z.enum(['NETTED', 'LIMITS_BREACHED', 'FX_RATE_MISSING']),
    missing: z.array(missingRate).optional(),
    figures: figuresOut.optional(),
    positions: z
      .array(
        z.object({
          participant: party,
          grossPaid: amountOut.meta({ description: 'What it owes all others before netting.' }),
          grossReceived: amountOut,
          net: amountOut.meta({
            description: 'Above zero it receives, below zero it pays; all of a currency add up to zero.',
          }),
          converted: amountOut.optional(),
        }),
      )
      .meta({ description: 'By currency, then participant; excluded pairs are not among them.' }),
    bilateral: z.array(
      z.object({
        ...{ first: party, second: party, firstOwes: amountOut, firstCount: z.int() },
        ...{ secondOwes: amountOut, secondCount: z.int(), netOfFirst: amountOut },
      }),
    ),
    toPay: z
      .array(z.object({ participant: party, net: amountOut }))
      .meta({ description: 'After conversion and what is carried; adds up to zero per currency.' }),
    legs: z.array(z.object({ kind: z.enum(legKinds), payer: party, payee: party, amount: amountOut })),
    carried: z
      .array(z.object({ payer: party, payee: party, amount: amountOut }))
      .meta({ description: 'Below the minimum payment: the next cycle begins with it.' }),
    moved: z.array(z.object({ reference: z.string(), reason: z.enum(moveReasons) })),
    breaches: z.array(breach),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'NettingReport' });

const dryRun = z
  .enum(['true', 'false'])
  .default('false')
  .transform((word) => word === 'true')
  .meta({
    description:
      'The figures as they would be if it closed now; nothing is written. Once they are decided, those that stand (`dryRun` false).',
  });

const section = z.enum(sections);

export const reportQuery = z.strictObject({
  ...page.shape,
  dryRun,
  section: section
    .optional()
    .meta({ description: 'Only rows of this kind; unless told all, one kind after the other.' }),
});

export const reportCsvQuery = z.strictObject({
  cursor: page.shape.cursor,
  dryRun,
  section: section.default('POSITIONS').meta({ description: 'A file has rows of one kind.' }),
});
