import * as z from 'zod';
import { date, id, nonNegativeAmount, text } from '../../../shared/http/schemas.ts';
import { downAgreements, upAgreements } from './agreement-shapes.ts';

/** What the members of a pool look like to a caller. */

export const accountId = id('acc');
/**
 * Members of one pool, at most. They are set and shown in one request and one answer, which carry 6 MB: with two agreements
 * a member takes about a kilobyte, and each may be an entity of its own, with a contract for either direction.
 */
export const membersMax = 3_000;
const contractsMax = 2 * membersMax;
const closedRangesMax = 50;
const entityLengthMax = 140;

const entity = text(entityLengthMax);
export const time = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'Send a time as HH:MM.');

const bank = z
  .strictObject({
    workingDaysOnly: z.boolean().default(false),
    hours: z
      .strictObject({ opens: time, closes: time })
      .refine(({ opens, closes }) => opens < closes, { path: ['closes'], message: 'The bank closes after it opens.' })
      .optional(),
    closed: z
      .array(
        z
          .strictObject({ from: date, to: date })
          .refine(({ from, to }) => from <= to, { path: ['to'], message: 'Send `from` or a later day.' }),
      )
      .max(closedRangesMax)
      .default([]),
  })
  .meta({ id: 'BankDays', description: 'When the bank of the account moves money; without it, always.' });

export const memberIn = z
  .strictObject({
    accountId,
    parentAccountId: accountId
      .optional()
      .meta({ description: 'Default: the header; in a LEDGER pool, its main ledger.' }),
    priority: z.int().min(0).max(1_000_000).default(100).meta({ description: 'The lowest number is served first.' }),
    entity: entity
      .optional()
      .meta({ description: 'The legal entity that owns the money. Default: the holder of the account.' }),
    reserve: nonNegativeAmount.optional().meta({ description: 'What no sweep takes.' }),
    up: upAgreements,
    down: downAgreements,
    bank: bank.optional(),
  })
  .meta({ id: 'PoolMember' });

export const headerIn = z
  .strictObject({
    entity: entity.optional(),
    reserve: nonNegativeAmount.optional(),
    unlimitedOverdraft: z.boolean().default(false).meta({
      description: 'It lends without bound. Its account needs the constraint NONE.',
    }),
    investment: z
      .strictObject({ accountId, up: upAgreements, down: downAgreements })
      .refine(
        ({ up, down }) => up.length + down.length > 0,
        'Agree on what is invested (up), on what comes back (down), or both.',
      )
      .optional()
      .meta({
        description:
          'PHYSICAL: the account in which the header’s surplus is invested. `up` says how much goes there, `down` how much comes back; without `down` nothing does. It lends after all other accounts.',
      }),
  })
  .meta({ id: 'PoolHeader' });

export const loanContractIn = z
  .strictObject({
    lender: entity,
    borrower: entity,
    contract: text(80),
    creditLine: text(80).optional().meta({ description: '额度编号: the bank’s credit line that it is drawn on.' }),
    ceiling: nonNegativeAmount
      .optional()
      .meta({ description: 'How much may be lent at any time; sweeps are cut to it.' }),
    effectiveFrom: date.optional(),
    expiresOn: date.optional().meta({
      description: 'The last day on which it may be lent. Later sweeps only pay back, and what is open is overdue.',
    }),
  })
  .refine(({ lender, borrower }) => lender !== borrower, {
    path: ['borrower'],
    message: 'A loan is between two entities.',
  })
  .refine(({ effectiveFrom, expiresOn }) => !effectiveFrom || !expiresOn || effectiveFrom <= expiresOn, {
    path: ['expiresOn'],
    message: 'Send the day it takes effect or a later one.',
  })
  .meta({
    id: 'LoanContract',
    description:
      'The contract under which one entity lends to another (委托贷款). A direction can have several, one after the other.',
  });

export const membersIn = z
  .strictObject({
    expectedVersion: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'Refused where the configuration has another version.' }),
    header: headerIn.optional(),
    members: z.array(memberIn).max(membersMax),
    loans: z.array(loanContractIn).max(contractsMax).default([]),
  })
  .meta({ id: 'PoolMembersRequest' });

export type MembersRequest = z.output<typeof membersIn>;
export type MemberRequest = z.output<typeof memberIn>;
