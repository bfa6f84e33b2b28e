import * as z from 'zod';
import { currency, text } from '../../../shared/http/schemas.ts';
import { type ChannelTemplate, figures } from '../channel-files/channel-template.ts';
import { templateFaults } from '../channel-files/check-template.ts';
import { expected, tell, templateHeadOut } from './template-shapes.ts';

/** How files of channels are written, as a caller says it. */

const NAME_MAX = 140;
const COLUMN_NAME_MAX = 60;
const VALUES_MAX = 50;
const VALUE_MAX = 60;
const WIDTHS_MAX = 200;
const ZONE_MAX = 40;

const column = z
  .union([text(COLUMN_NAME_MAX), z.int().min(1)])
  .meta({ description: 'Its name in the header, or its place from 1.' });
const value = z.string().max(VALUE_MAX);
const values = z.array(value).max(VALUES_MAX);

const layout = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('DELIMITED'), delimiter: z.string().max(1), quotes: z.boolean() }),
    z.strictObject({ kind: z.literal('FIXED'), widths: z.array(z.int()).max(WIDTHS_MAX), gap: z.int() }),
  ])
  .meta({
    description:
      'DELIMITED: one sign parts the fields; with `quotes` they may be enclosed in double quotes. FIXED: fields of so many bytes, ' +
      'parted by `gap` bytes.',
  });

const columns = z.strictObject({
  transactionId: column,
  orderNo: column.optional(),
  refundNo: column.optional(),
  amount: column,
  fee: column.optional(),
  currency: column.optional(),
  at: z.union([column, z.array(column).min(1).max(2)]).meta({ description: 'Two are a date and a time.' }),
  status: column.optional().meta({ description: 'Decides on what a row is; without it the sign of the amount does.' }),
});

const refundColumns = z
  .strictObject({
    transactionId: column.optional(),
    refundNo: column.optional(),
    amount: column.optional(),
    at: z.union([column, z.array(column).min(1).max(2)]).optional(),
    orderNo: column.nullable().optional(),
    fee: column.nullable().optional(),
  })
  .meta({ description: 'Where rows of refunds have them elsewhere; null where they have none.' });

const totals = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('TITLED'), title: value, figures: z.partialRecord(z.enum(figures), value) }),
    z.strictObject({ kind: z.literal('ROW'), first: value, figures: z.partialRecord(z.enum(figures), z.int()) }),
    z.strictObject({
      kind: z.literal('TEXT'),
      figures: z
        .array(z.strictObject({ figure: z.enum(figures), line: value, after: value, before: value }))
        .max(figures.length),
    }),
  ])
  .meta({ description: 'Where the file states what it adds up to: a file whose rows do not is refused.' });

const fields = {
  name: text(NAME_MAX),
  encoding: z.enum(['utf-8', 'gb18030']),
  layout,
  mark: z.string().max(1).optional().meta({ description: 'A sign before each field of the rows.' }),
  header: z.boolean(),
  skip: z.strictObject({ first: z.int(), last: z.int(), beginning: values }),
  columns,
  refundColumns: refundColumns.optional(),
  blanks: values.optional().meta({ description: 'What stands for no number.' }),
  values: z.strictObject({ payment: values, refund: values, skipped: values }).optional(),
  amounts: z.strictObject({
    unit: z.enum(['MAJOR', 'MINOR']).meta({ description: 'MAJOR: yuan with decimals. MINOR: whole fen.' }),
    thousands: z.boolean(),
    refunds: z.enum(['POSITIVE', 'NEGATIVE']),
    fees: z.union([z.enum(['POSITIVE', 'NEGATIVE']), z.strictObject({ kept: value, givenBack: value })]),
  }),
  currency,
  dates: z.strictObject({ pattern: value, zone: z.string().max(ZONE_MAX) }),
  totals: totals.optional(),
};

const plain = z.strictObject({ ...fields, ...expected });

export const channelTemplateIn = plain
  .check(({ value: asked, issues }) => tell(templateFaults(toChannelTemplate('own', asked)), asked, issues))
  .meta({ id: 'ChannelFileTemplateRequest' });

export const channelTemplateOut = z.object({ ...templateHeadOut, ...fields }).meta({ id: 'ChannelFileTemplate' });
export const channelTemplatesOut = z.object({
  templates: z.array(channelTemplateOut),
  nextCursor: z.string().optional(),
});

type Asked = Omit<z.output<typeof plain>, 'expectedVersion'> & { expectedVersion?: unknown };

/** As the model has it: what was left out is not there. */
export function toChannelTemplate(id: string, { expectedVersion: _, ...asked }: Asked): ChannelTemplate {
  return { id, ...asked } as ChannelTemplate;
}
