import * as z from 'zod';
import { defaultZone } from '../../../shared/calendar/local-time.ts';
import { text } from '../../../shared/http/schemas.ts';
import { dayColumnsMax, dayTemplateFaults, titleCharactersMax } from '../day-files/check-day-template.ts';
import { type DayFieldName, dayFields } from '../day-files/day-fields.ts';
import { dayLineKinds } from '../day-files/day-line.ts';
import type { DayTemplate } from '../day-files/day-template.ts';
import { expected, tell, templateHeadOut } from './template-shapes.ts';

/** How the daily file of a market is written, as a caller says it. */

const PATTERN_MAX = 40;

const title = text(titleCharactersMax);
const fieldNames = Object.keys(dayFields) as [DayFieldName, ...DayFieldName[]];

const fields = {
  columns: z
    .array(z.strictObject({ field: z.enum(fieldNames), title: title.optional() }))
    .min(1)
    .max(dayColumnsMax)
    .meta({ description: 'In their order; without a title a column has its common one.' }),
  delimiter: z.enum([',', ';', '\t']).default(','),
  byteOrderMark: z.boolean().default(true).meta({ description: 'By it Excel knows that the file is UTF-8.' }),
  dates: z
    .strictObject({
      day: z.string().max(PATTERN_MAX).default('yyyy-MM-dd'),
      moment: z.string().max(PATTERN_MAX).default('yyyy-MM-dd HH:mm:ss'),
      zone: z.string().max(PATTERN_MAX).default(defaultZone),
    })
    .default({ day: 'yyyy-MM-dd', moment: 'yyyy-MM-dd HH:mm:ss', zone: defaultZone }),
  amounts: z.enum(['MAJOR', 'MINOR']).default('MAJOR').meta({ description: 'MAJOR: 12.30. MINOR: 1230.' }),
  kinds: z
    .partialRecord(z.enum(dayLineKinds), title)
    .optional()
    .meta({ description: 'What the kinds of lines are called; without it their names.' }),
  totals: title.optional().meta({ description: 'The first field of a row of totals at the end, such as 合计.' }),
};

const plain = z.strictObject({ ...fields, ...expected });

export const dayTemplateIn = plain
  .check(({ value, issues }) => tell(dayTemplateFaults(toDayTemplate(value)), value, issues))
  .meta({ id: 'DayFileTemplateRequest' });

export const dayTemplateOut = z.object({ ...templateHeadOut, ...fields }).meta({ id: 'DayFileTemplate' });
export const dayTemplatesOut = z.object({ templates: z.array(dayTemplateOut), nextCursor: z.string().optional() });

type Asked = Omit<z.output<typeof plain>, 'expectedVersion'> & { expectedVersion?: unknown };

/** As the model has it. */
export function toDayTemplate({ expectedVersion: _, ...asked }: Asked): DayTemplate {
  return asked as DayTemplate;
}
