import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { date, id, page, text } from '../../shared/http/schemas.ts';
import * as examples from './examples.ts';
import { statementImport, upload } from './import-shapes.ts';
import { problems } from './problems.ts';
import { assignments, entry, entryDetail, statement, statementSummary, statuses } from './shapes.ts';
import { uploadBytesMax } from './upload-key.ts';

/** Characters of a file's name, of a reference to look for. */
const FILE_NAME_MAX = 255;
const REFERENCE_MAX = 140;

const nextCursor = z
  .string()
  .optional()
  .meta({ description: 'Pass it as `cursor` for the next page; absent on the last.' });
const statementPath = z.strictObject({ id: id('stm') });

const fileProblems = [
  problems['not-a-statement'],
  problems['zip-archive'],
  problems.truncated,
  problems['unsafe-xml'],
  problems.malformed,
  problems['too-large'],
];

export const contract = {
  importStatements: {
    description:
      'The body is the file itself, any content type. The format is detected. A bad file is refused whole, before ' +
      'anything is written. A statement that was imported before is left as it is and reported with `alreadyImported`; ' +
      'when that holds for the whole file the answer is 200.',
    response: statementImport,
    problems: fileProblems,
    example: { body: examples.statementFile, response: examples.importAnswer },
  },
  listStatements: {
    description: 'Newest first. `from` and `to` are the last day of the statement, inclusive.',
    query: z.strictObject({
      ...page.shape,
      accountId: id('acc').optional(),
      from: date.optional(),
      to: date.optional(),
      status: z.enum(statuses).optional(),
      assignment: z.enum(assignments).optional(),
    }),
    response: z.strictObject({ statements: z.array(statementSummary), nextCursor }),
    example: { query: { from: '2026-03-01', to: '2026-03-31' }, response: { statements: [examples.summary] } },
  },
  getStatement: {
    path: statementPath,
    response: statement,
    example: { path: { id: '{statementId}' }, response: examples.statement },
  },
  listStatementEntries: {
    description:
      'In the order of the file. `reference` finds entries that carry exactly this reference, in any of their ' +
      'references or those of their transactions. A page may hold fewer entries than `limit` and still have a next one.',
    path: statementPath,
    query: z.strictObject({
      ...page.shape,
      creditDebit: z.enum(['CREDIT', 'DEBIT']).optional(),
      reference: text(REFERENCE_MAX).optional(),
    }),
    response: z.strictObject({ entries: z.array(entry), nextCursor }),
    example: {
      path: { id: '{statementId}' },
      query: { creditDebit: 'CREDIT' },
      response: { entries: [examples.entry] },
    },
  },
  listEntryDetails: {
    path: z.strictObject({
      id: id('stm'),
      sequence: z
        .string()
        .regex(/^[1-9][0-9]{0,8}$/, 'The place of the entry in the statement, from 1.')
        .transform(Number),
    }),
    query: z.strictObject({ cursor: page.shape.cursor }),
    response: z.strictObject({ details: z.array(entryDetail), nextCursor }),
    example: { path: { id: '{statementId}', sequence: '1' }, response: { details: [] } },
  },
  assignStatement: {
    description:
      'Its booked credits are then told as receipts of the account. Assigning again to the same account changes nothing.',
    path: statementPath,
    body: z.strictObject({ accountId: id('acc') }),
    response: statement,
    problems: [problems['already-assigned'], problems['account-currency-differs']],
    example: {
      path: { id: '{statementId}' },
      body: { accountId: '{accountId}' },
      response: { ...examples.statement, assignment: 'ASSIGNED', accountId: examples.accountId },
    },
  },
  createStatementUpload: {
    description: `For files above 4 MB, up to ${uploadBytesMax / 1024 / 1024} MB: PUT the file to \`uploadUrl\`, then follow the upload until it is COMPLETED or REFUSED.`,
    body: z.strictObject({
      fileName: text(FILE_NAME_MAX),
      size: z.int().min(1).max(uploadBytesMax).optional().meta({ description: 'Bytes.' }),
    }),
    response: upload,
    example: { body: { fileName: 'march.xml', size: 20_000_000 }, response: examples.uploadWaiting },
  },
  getStatementUpload: {
    path: z.strictObject({ id: id('upl') }),
    response: upload,
    example: { path: { id: '{uploadId}' }, response: examples.uploadCompleted },
  },
} satisfies Contract;
