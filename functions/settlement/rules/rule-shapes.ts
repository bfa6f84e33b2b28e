import * as z from 'zod';
import { expectedVersion } from '../../../shared/http/expected-version.ts';
import { date, id, page } from '../../../shared/http/schemas.ts';
import { clearingIn, clearingOut } from '../clearing/clearing-shapes.ts';
import { marketId, partyName } from '../markets/market-shapes.ts';
import { checkTermsIn, type TermsRequest, termsFields, termsOutFields, toTerms } from '../splits/terms-shapes.ts';
import { checkAggregate, SUM_LINES_MAX } from './check-aggregate.ts';

/** What split rules look like to a caller. */

export const ruleId = id('rule');

const versionFields = {
  effectiveFrom: date.meta({ description: 'From this day of the market on, payments are split by it.' }),
  effectiveTo: date.optional().meta({ description: 'The last day; open without it. Then nothing is in force.' }),
  ...termsFields,
  failureMode: z.enum(['ALL_OR_NOTHING', 'PARTIAL']).default('ALL_OR_NOTHING').meta({
    description:
      'Where a receiver cannot be paid. ALL_OR_NOTHING: the whole split fails. PARTIAL: its share goes to the selling merchant.',
  }),
  clearing: clearingIn,
  aggregate: z
    .enum(['AFTER_SPLIT', 'BEFORE_SPLIT'])
    .default('AFTER_SPLIT')
    .meta({
      description:
        'AFTER_SPLIT: each order by itself. BEFORE_SPLIT (汇总): what sub-orders of one merchant have due on a day is added up and ' +
        'split as one by that day’s settlement run, so that it is rounded once; tiers, caps and floors are of the sum. It has no ' +
        `FIXED lines, no lifetime cap and ${SUM_LINES_MAX} lines at most. A sum that cannot be split goes to who sells.`,
    }),
};

const endsAfterBegin = ({ effectiveFrom, effectiveTo }: { effectiveFrom: string; effectiveTo?: string | undefined }) =>
  effectiveTo === undefined || effectiveTo >= effectiveFrom;
/** What a rule cannot say where orders are added up before they are split, each at its place. */
function checkAggregateIn({
  value,
  issues,
}: z.core.ParsePayload<TermsRequest & { readonly aggregate: 'AFTER_SPLIT' | 'BEFORE_SPLIT' }>): void {
  for (const { path, detail } of checkAggregate(toTerms(value), value.aggregate)) {
    issues.push({ code: 'custom', input: value, path: [...path], message: detail });
  }
}

const endsBefore = { path: ['effectiveTo'], message: 'Send the first day or a later one.' };

export const ruleIn = z
  .strictObject({ marketId, name: partyName, ...versionFields })
  .refine(endsAfterBegin, endsBefore)
  .check(checkTermsIn)
  .check(checkAggregateIn)
  .meta({ id: 'SplitRuleRequest' });

export const ruleVersionIn = z
  .strictObject({ ...versionFields, expectedVersion: expectedVersion.optional() })
  .refine(endsAfterBegin, endsBefore)
  .check(checkTermsIn)
  .check(checkAggregateIn)
  .meta({ id: 'SplitRuleVersionRequest' });

export type RuleVersionRequest = Omit<z.output<typeof ruleVersionIn>, 'expectedVersion'>;

export const ruleVersionOut = z
  .object({
    version: z.int(),
    effectiveFrom: z.string(),
    effectiveTo: z.string().optional(),
    lastDay: z.string().optional().meta({
      description:
        'On which it is in force, by its own end and by later versions; before `effectiveFrom` where it never is. Absent while open.',
    }),
    ...termsOutFields,
    failureMode: z.enum(['ALL_OR_NOTHING', 'PARTIAL']),
    clearing: clearingOut,
    aggregate: z.enum(['AFTER_SPLIT', 'BEFORE_SPLIT']),
    createdAt: z.string(),
  })
  .meta({ id: 'SplitRuleVersion' });

const head = {
  id: z.string(),
  marketId: z.string(),
  name: z.string(),
  currency: z.string(),
  version: z.int().meta({ description: 'Of its last version.' }),
  changedAt: z.string(),
};

export const ruleOut = z
  .object({ ...head, versions: z.array(ruleVersionOut).meta({ description: 'In the order in which they were made.' }) })
  .meta({ id: 'SplitRule' });

export const rulesQuery = z.strictObject({ ...page.shape, marketId });
export const rulesOut = z.object({
  rules: z.array(z.object(head).meta({ id: 'SplitRuleHead' })),
  nextCursor: z.string().optional(),
});
