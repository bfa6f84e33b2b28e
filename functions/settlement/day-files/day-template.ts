import type { DayFieldName } from './day-fields.ts';
import type { DayLineKind } from './day-line.ts';

export interface DayColumn {
  readonly field: DayFieldName;
  /** In the header; without it that of the catalogue. */
  readonly title?: string;
}

/** How the daily file of a market is written. */
export interface DayTemplate {
  /** In their order. */
  readonly columns: readonly DayColumn[];
  readonly delimiter: ',' | ';' | '\t';
  /** The file is in UTF-8: without it Excel takes the file for the code page of its machine. */
  readonly byteOrderMark: boolean;
  /** Patterns of days and of moments, see datePattern; moments are told on the clock of the zone. */
  readonly dates: { readonly day: string; readonly moment: string; readonly zone: string };
  /** MAJOR: 12.30. MINOR: 1230. */
  readonly amounts: 'MAJOR' | 'MINOR';
  /** What a kind is called; without it its name. */
  readonly kinds?: Readonly<Partial<Record<DayLineKind, string>>>;
  /** The first field of the row of totals at the end; none where there is no such row. */
  readonly totals?: string;
}
