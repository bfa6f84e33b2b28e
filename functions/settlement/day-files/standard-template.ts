import { defaultZone } from '../../../shared/calendar/local-time.ts';
import type { DayTemplate } from './day-template.ts';

export const standardDayTemplateId = 'standard';

/** The daily file where a market has no template of its own: all that its journal says of a line, in Chinese titles. */
export const standardDayTemplate: DayTemplate = {
  columns: [
    { field: 'kind' },
    { field: 'date' },
    { field: 'at' },
    { field: 'orderNo' },
    { field: 'subOrderNo' },
    { field: 'merchantId' },
    { field: 'merchantName' },
    { field: 'channelId' },
    { field: 'transactionId' },
    { field: 'refundNo' },
    { field: 'splitNo' },
    { field: 'ruleVersion' },
    { field: 'dueDate' },
    { field: 'currency' },
    { field: 'amount' },
    { field: 'fee' },
    { field: 'net' },
    { field: 'description' },
  ],
  delimiter: ',',
  byteOrderMark: true,
  dates: { day: 'yyyy-MM-dd', moment: 'yyyy-MM-dd HH:mm:ss', zone: defaultZone },
  amounts: 'MAJOR',
};
