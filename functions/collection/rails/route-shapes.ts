import * as z from 'zod';
import { amountOut, positiveAmount } from '../../../shared/http/schemas.ts';
import { checkBic } from '../../../shared/identifiers/bic.ts';
import { checkCnaps } from '../../../shared/identifiers/cnaps.ts';
import { attemptStates } from '../routing/next-rail.ts';
import { directions, railKinds } from '../routing/rail.ts';
import { lossCodes, losses, manners, policies } from '../routing/rank-routes.ts';
import { refusalCodes, refusals } from '../routing/refusals.ts';
import { nearInstant } from './outage-shapes.ts';
import { railId } from './rail-shapes.ts';

/** What a question for a route and its answer look like to a caller. */

const ATTEMPTS_MAX = 100;

function checked(check: (text: string) => string | undefined) {
  return z.string().check((context) => {
    const message = check(context.value);
    if (message) context.issues.push({ code: 'custom', input: context.value, message });
  });
}

const bank = z
  .strictObject({
    cnaps: checked(checkCnaps)
      .optional()
      .meta({ examples: ['105100000017'] }),
    bic: checked(checkBic)
      .optional()
      .meta({ examples: ['PCBCCNBJ'] }),
  })
  .meta({ id: 'BankCodes', description: 'Where an account lies: the CNAPS code (支付系统行号), the BIC, or both.' });

export const routeIn = z
  .strictObject({
    amount: positiveAmount,
    direction: z.enum(directions).default('COLLECT').meta({
      description: 'COLLECT debits the payer on a mandate, PAY credits the payee.',
    }),
    at: nearInstant.optional().meta({ description: 'When the item is ready. Default: now.' }),
    urgent: z.boolean().default(false),
    policy: z.enum(policies).default('BALANCED').meta({
      description:
        'CHEAPEST: the lowest fee. FASTEST: the earliest settlement. BALANCED: a book transfer within one bank; else batched, or immediate where the item is urgent or no gross rail is open.',
    }),
    payerBank: bank.optional(),
    payeeBank: bank.optional(),
    attempts: z
      .array(z.strictObject({ railId, state: z.enum(attemptStates) }))
      .max(ATTEMPTS_MAX)
      .default([])
      .meta({
        description:
          'What became of the same money on other rails. NEVER_LEFT and REFUSED lead on to the next rail; SUBMITTED and UNKNOWN wait; DECLINED by the payer and SETTLED end it.',
      }),
  })
  .meta({ id: 'RouteRequest' });

const terms = {
  railId: z.string(),
  kind: z.enum(railKinds),
  effectiveFrom: z.string().meta({ description: 'Of the version of the rail that was in force.' }),
  fee: amountOut,
  earliestExecution: z.string(),
  takesNow: z.boolean().meta({ description: 'Whether that is at once, or the rail opens later.' }),
  businessDate: z.string(),
  expectedSettlement: z.string(),
  successMillionths: z.int(),
};

const route = z.strictObject(terms).meta({ id: 'Route' });

const listed = (catalogue: Readonly<Record<string, string>>) =>
  Object.entries(catalogue)
    .map(([code, words]) => `${code}: ${words}`)
    .join(' ');

const lost = z
  .strictObject({
    code: z.enum(lossCodes),
    fee: amountOut.optional(),
    settlement: z.string().optional(),
    earliestExecution: z.string().optional(),
    successMillionths: z.int().optional(),
    manner: z.enum(manners).optional(),
    against: z.union([amountOut, z.string(), z.int()]).meta({ description: 'The same figure of the chosen rail.' }),
  })
  .meta({ id: 'RouteLost', description: `Why it is not the one chosen. ${listed(losses)}` });

const refused = z
  .strictObject({
    railId: z.string(),
    code: z.enum(refusalCodes),
    detail: z.string(),
    day: z.string().optional(),
    nextFrom: z.string().optional(),
    currency: z.string().optional(),
    directions: z.array(z.enum(directions)).optional(),
    minimum: amountOut.optional(),
    maximum: amountOut.optional(),
    field: z.enum(['payerBank', 'payeeBank']).optional(),
    needed: z.enum(['cnaps', 'bic']).optional(),
    rule: z.string().optional(),
    payer: z.string().optional(),
    payee: z.string().optional(),
    bank: z.array(z.string()).optional(),
    calendar: z.string().optional(),
    date: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    takesAgainAt: z.string().optional(),
  })
  .meta({ id: 'RailRefused', description: `Why a rail cannot take the item. ${listed(refusals)}` });

export const routeOut = z
  .strictObject({
    at: z.string(),
    policy: z.enum(policies),
    amount: amountOut,
    railsVersion: z.int(),
    outcome: z.enum(['RAIL', 'WAIT', 'NONE_LEFT']).meta({
      description:
        'RAIL: send it on `route`. WAIT: the money may be moving on `waitFor`; ask the bank. NONE_LEFT: see `reason`.',
    }),
    route: route.optional(),
    waitFor: z.strictObject({ railId: z.string(), state: z.enum(['SUBMITTED', 'UNKNOWN']) }).optional(),
    reason: z.enum(['SETTLED', 'DECLINED', 'NO_ROUTE', 'ALL_TRIED']).optional(),
    others: z.array(z.strictObject({ ...terms, lost })).meta({ description: 'The next best first, for failover.' }),
    refused: z.array(refused),
  })
  .meta({ id: 'RouteQuote' });
