import * as z from 'zod';
import { date, id, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { agreementNumber, NAME_LENGTH_MAX } from '../mandates/mandate-shapes.ts';

/** Lines of a batch, at most. */
export const LINES_MAX = 10_000;

/** Characters that bank files carry of what a collection is for. */
const DESCRIPTION_LENGTH_MAX = 140;

const oneMandate = 'Name the mandate by `agreementNumber` or by `mandateId`, by one of the two.';

/** Nobody is called so: it is a formula of a spreadsheet that went astray, or was planted. */
const payerName = text(NAME_LENGTH_MAX).refine(
  (name) => !/^\s*[=+\-@＝＋－＠]/.test(name),
  'No name begins with = + - or @; a spreadsheet would run it as a formula. Send the name itself.',
);

/** Texts may begin with a dash or an @; what begins with = is a formula in place of its result. */
const isFormula = (words: string) => /^\s*[=＝]/.test(words);
const formula = 'It begins with =, as a formula does; send the text that the formula gives.';

const ownFields = references.check(({ value, issues }) => {
  for (const [key, words] of Object.entries(value)) {
    if (isFormula(words)) issues.push({ code: 'custom', input: words, path: [key], message: formula });
  }
});

/** One collection of a batch, in JSON as it stands here and in CSV by columns. */
export const lineIn = z
  .strictObject({
    mandateId: id('man').optional(),
    agreementNumber: agreementNumber.optional(),
    amount: positiveAmount,
    dueDate: date.optional().meta({ description: 'When it is to be collected. Default: the day of the batch.' }),
    description: text(DESCRIPTION_LENGTH_MAX)
      .refine((words) => !isFormula(words), formula)
      .optional()
      .meta({ description: 'For the payer: what it is for (摘要).' }),
    payerName: payerName.optional().meta({ description: 'Where it is sent it must be that of the mandate.' }),
    splitAboveLimit: z.boolean().default(false).meta({
      description: 'Cut an amount above the mandate’s limit for one transaction into pieces, rather than refuse it.',
    }),
    references: ownFields.optional(),
  })
  .refine(namesOneMandate, { message: oneMandate, path: ['agreementNumber'], when: ({ value }) => isObject(value) })
  .meta({ id: 'CollectionLine' });

export type CollectionLine = z.output<typeof lineIn>;

/** Looked at whatever else is wrong with the line, so that all its faults are told at once. */
function namesOneMandate(line: { mandateId?: unknown; agreementNumber?: unknown }): boolean {
  return (line.mandateId === undefined) !== (line.agreementNumber === undefined);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
