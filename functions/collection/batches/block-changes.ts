import type { BankReport } from '../gateway/bank-gateway.ts';
import type { CollectionItem } from '../items/item.ts';
import { takeReport } from '../items/take-report.ts';

/** Items after what a bank reported of them, in the order in which it came. */
export function afterReports(
  items: readonly CollectionItem[],
  reports: readonly BankReport[],
): readonly CollectionItem[] {
  return items.map((item) => reports.reduce((one, report) => takeReport(one, report)?.item ?? one, item));
}

/** Whether anything of the items is another than before. */
export function isChanged(before: readonly CollectionItem[], after: readonly CollectionItem[]): boolean {
  return before.some(
    (item, place) => item !== after[place] && JSON.stringify(item, text) !== JSON.stringify(after[place], text),
  );
}

function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
