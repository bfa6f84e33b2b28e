import { isZone } from '../../../shared/calendar/local-time.ts';
import { plainName } from '../../../shared/formats/csv/columns.ts';
import { type Fault, under, when } from '../../../shared/problems/located-faults.ts';
import { datePatternFault } from '../channel-files/date-pattern.ts';
import { dayFields, isAmountField } from './day-fields.ts';
import type { DayTemplate } from './day-template.ts';

export const dayColumnsMax = 50;
export const titleCharactersMax = 60;

/** Everything by which a template contradicts itself; nothing where files can be written by it. */
export function dayTemplateFaults({ columns, dates, totals }: DayTemplate): Fault[] {
  const [day, moment] = [datePatternFault(dates.day), datePatternFault(dates.moment)];
  return [
    ...under(['columns'], columnFaults(columns)),
    ...when(day !== undefined, ['dates', 'day'], day ?? ''),
    ...when(day === undefined && /HH/.test(dates.day), ['dates', 'day'], 'Leave the time out; a day has none.'),
    ...when(moment !== undefined, ['dates', 'moment'], moment ?? ''),
    ...when(!isZone(dates.zone), ['dates', 'zone'], 'Send a zone of the IANA database, such as Asia/Shanghai.'),
    ...(totals === undefined ? [] : totalsFaults(totals, columns)),
  ];
}

function columnFaults(columns: DayTemplate['columns']): Fault[] {
  const titles = columns.map(({ field, title = dayFields[field].title }) => plainName(title));
  return [
    ...when(columns.length === 0 || columns.length > dayColumnsMax, [], `Send 1 to ${dayColumnsMax} columns.`),
    ...columns.flatMap(({ title }, place) => [
      ...when(title !== undefined && title.trim() === '', [place, 'title'], 'Send a title with text, or none.'),
      ...when(
        (title?.length ?? 0) > titleCharactersMax,
        [place, 'title'],
        `Send at most ${titleCharactersMax} characters.`,
      ),
      ...when(
        titles.indexOf(titles[place] ?? '') < place,
        [place],
        'Another column has this title; give one of them a title of its own.',
      ),
    ]),
  ];
}

function totalsFaults(totals: string, columns: DayTemplate['columns']): Fault[] {
  const [first] = columns;
  const hidden = first !== undefined && isAmountField(first.field);
  return [
    ...when(
      totals.trim() === '' || totals.length > titleCharactersMax,
      ['totals'],
      `Send 1 to ${titleCharactersMax} characters, such as 合计.`,
    ),
    ...when(hidden, ['columns', 0], 'Begin with a column that is no amount; the row of totals has its name there.'),
    ...when(
      !columns.some(({ field }) => isAmountField(field)),
      ['totals'],
      'Leave it out, or send a column of an amount.',
    ),
  ];
}
