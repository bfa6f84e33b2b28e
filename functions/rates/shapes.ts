import * as z from 'zod';
import { currency, date, instant, text } from '../../shared/http/schemas.ts';
import { pairOf } from './rate-set.ts';
import { isZeroRate, rateDecimalsMax, rateIntegerDigitsMax, ratePattern } from './rate-text.ts';

/** What a rate set looks like to a caller, sent and received. */

const NAME_LENGTH_MAX = 40;
const SOURCE_LENGTH_MAX = 140;
const RATES_MAX = 500;
/** Changes of one set; far beyond any treasury, within what every JSON reader takes. */
const VERSION_MAX = 1_000_000_000;

const rateDetail = `Send decimal text above zero such as "7.1234", with at most ${rateIntegerDigitsMax} digits before the point and ${rateDecimalsMax} decimals.`;

export const name = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9_.-]{1,${NAME_LENGTH_MAX}}$`),
    `A name has 1 to ${NAME_LENGTH_MAX} letters, digits, underscores, dots or dashes.`,
  )
  .meta({ examples: ['month-end'] });

const rateText = z
  .string({ error: (issue) => (issue.input === undefined ? undefined : rateDetail) })
  .check((context) => {
    if (ratePattern.test(context.value) && !isZeroRate(context.value)) return;
    context.issues.push({ code: 'custom', input: context.value, message: rateDetail });
  })
  .meta({
    description: 'One unit (major) of `base` is this many units of `quote`.',
    pattern: ratePattern.source,
    examples: ['7.1234'],
  });

export const rate = z
  .strictObject({ base: currency, quote: currency, rate: rateText })
  .check((context) => {
    const { base, quote } = context.value;
    if (base !== quote) return;
    const message = 'Base and quote are the same currency; its rate to itself is 1 and not put.';
    context.issues.push({ code: 'custom', path: ['quote'], input: quote, message });
  })
  .meta({ id: 'Rate' });

/** A pair stands once, in one direction: two texts for the same rate could disagree. */
export const rates = z
  .array(rate)
  .min(1)
  .max(RATES_MAX)
  .check((context) => {
    const placeOf = new Map<string, number>();
    for (const [index, { base, quote }] of context.value.entries()) {
      const pair = pairOf({ base, quote });
      const before = placeOf.get(pair) ?? placeOf.get(pairOf({ base: quote, quote: base }));
      if (before === undefined) placeOf.set(pair, index);
      else {
        const message = `The pair is in rate ${before} already; send each pair once, in one direction.`;
        context.issues.push({ code: 'custom', path: [index], input: pair, message });
      }
    }
  });

export const source = text(SOURCE_LENGTH_MAX).meta({ description: 'Where the rates come from, in your words.' });

export const version = z.int().min(1).max(VERSION_MAX);
export const expectedVersion = z.int().min(0).max(VERSION_MAX).meta({
  description: 'The version of this name and date that you have read, 0 for none yet; another one is refused.',
});

const facts = {
  name,
  date,
  version: version.meta({ description: 'Of this name and date, from 1; each change counts one on.' }),
  source: source.optional(),
  rates,
  changedAt: instant,
  changedBy: z.strictObject({ client: z.string(), role: z.string(), requestId: z.string() }),
};

export const rateSet = z.strictObject(facts).meta({
  id: 'RateSet',
  description: 'Rates in their shortest text, sorted by base and quote.',
});

export const foundRateSet = z
  .strictObject({
    ...facts,
    found: z.enum(['ON_DATE', 'BEFORE_DATE', 'NEWEST']).meta({
      description:
        'ON_DATE: the set of the date asked for. BEFORE_DATE: that date has none, this is the latest before it. NEWEST: no date was asked for.',
    }),
  })
  .meta({ id: 'FoundRateSet' });

export const rateSetName = z
  .strictObject({ name, latestDate: date.meta({ description: 'The latest day that it has a set for.' }) })
  .meta({ id: 'RateSetName' });
