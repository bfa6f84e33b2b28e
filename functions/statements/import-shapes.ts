import * as z from 'zod';
import { date, id, instant } from '../../shared/http/schemas.ts';
import { assignment, format, status } from './shapes.ts';

/** What an import and an upload look like to a caller. */

export const importLine = z.strictObject({
  id: id('stm'),
  account: z.string().meta({ description: 'Masked.' }),
  accountId: id('acc').optional(),
  assignment,
  currency: z.string().optional(),
  toDate: date.optional(),
  status,
  entries: z.int(),
  alreadyImported: z.boolean(),
});

export const statementImport = z
  .strictObject({
    importId: id('imp'),
    format,
    alreadyImported: z
      .boolean()
      .meta({ description: 'Every statement of the file was here already; nothing was written.' }),
    statements: z.array(importLine),
    repeatedInFile: z.int().meta({ description: 'Statements, or pages of one, that the file itself holds twice.' }),
  })
  .meta({ id: 'StatementImport' });

export const upload = z
  .strictObject({
    id: id('upl'),
    status: z.enum(['WAITING', 'IMPORTING', 'COMPLETED', 'REFUSED']),
    fileName: z.string(),
    uploadUrl: z.string().optional().meta({ description: 'PUT the file here before `expiresAt`; only while WAITING.' }),
    expiresAt: instant,
    bytes: z.int().meta({ description: 'Read so far in the current pass.' }),
    entries: z.int().meta({ description: 'Written so far.' }),
    result: statementImport.optional(),
    problem: z
      .looseObject({ code: z.string(), detail: z.string() })
      .optional()
      .meta({ description: 'Why the file was refused. `statements/import-failed`: not through the file.' }),
  })
  .meta({ id: 'StatementUpload' });
