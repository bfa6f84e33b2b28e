import * as z from 'zod';
import { isPlainDate } from '../../../shared/calendar/plain-date.ts';
import { date, id, positiveAmount, references, text } from '../../../shared/http/schemas.ts';
import { legalEntity } from '../books/book-shapes.ts';
import { customerNumber } from '../customers/customer-shapes.ts';
import { readDue } from './terms.ts';

/** Lines of a batch, at most. */
export const LINES_MAX = 10_000;

const NUMBER_LENGTH_MAX = 64;
const TERMS_LENGTH_MAX = 40;
const DESCRIPTION_LENGTH_MAX = 140;

/** Days of another century are typing errors. */
const [firstDay, lastDay] = ['2000-01-01', '2099-12-31'];

/** Texts may begin with a dash or an @; what begins with = is a formula in place of its result. */
const isFormula = (words: string) => /^\s*[=＝]/.test(words);
const formula = 'It begins with =, as a formula does; send the text that the formula gives.';

const ownFields = references.check(({ value, issues }) => {
  for (const [key, words] of Object.entries(value)) {
    if (isFormula(words)) issues.push({ code: 'custom', input: words, path: [key], message: formula });
  }
});

export const documentNumber = text(NUMBER_LENGTH_MAX)
  .transform((number) => number.normalize('NFKC').trim())
  .refine((number) => !isFormula(number), formula)
  .refine((number) => /[\p{L}\p{N}]/u.test(number), 'Send a number with letters or digits in it.');

const issuedOn = date.refine((day) => day >= firstDay && day <= lastDay, `Send a day from ${firstDay} to ${lastDay}.`);

const oneCustomer = 'Name the customer by `customerNumber` or by `customerId`, by one of the two.';

/** One invoice, in JSON as it stands here and in CSV by columns. */
export const invoiceIn = z
  .strictObject({
    legalEntity: legalEntity.refine((words) => !isFormula(words), formula),
    number: documentNumber.meta({ description: 'As printed on it (发票号); the legal entity has one of each.' }),
    customerNumber: customerNumber.optional(),
    customerId: id('cus').optional(),
    amount: positiveAmount,
    issuedOn: issuedOn.meta({ description: 'The day of issue (开票日).' }),
    dueOn: date.optional().meta({ description: 'The due day (到期日); where `terms` say it too, both agree.' }),
    terms: text(TERMS_LENGTH_MAX).optional().meta({
      description: '`2/10 net 30`: 2 % off where it is paid up to 10 days after the issue, due 30 days after it.',
    }),
    references: ownFields.optional().meta({ description: 'Other numbers that a payer may name: contract, order.' }),
    description: text(DESCRIPTION_LENGTH_MAX)
      .refine((words) => !isFormula(words), formula)
      .optional(),
  })
  .refine(namesOneCustomer, { message: oneCustomer, path: ['customerNumber'], when: ({ value }) => isObject(value) })
  .check(dueCheck)
  .meta({ id: 'InvoiceRequest' });

export type InvoiceRequest = z.output<typeof invoiceIn>;

/** Looked at whatever else is wrong with the line, so that all its faults are told at once. */
function namesOneCustomer(line: { customerId?: unknown; customerNumber?: unknown }): boolean {
  return (line.customerId === undefined) !== (line.customerNumber === undefined);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function dueCheck({
  value,
  issues,
}: z.core.ParsePayload<{ issuedOn: string; dueOn?: unknown; terms?: unknown }>): void {
  const { issuedOn: issued, dueOn, terms } = value;
  if (!isPlainDate(issued)) return;
  const { fault } = readDue(
    issued,
    typeof dueOn === 'string' ? dueOn : undefined,
    typeof terms === 'string' ? terms : undefined,
  );
  if (fault) issues.push({ code: 'custom', input: value, path: [fault.field], message: fault.detail });
}
