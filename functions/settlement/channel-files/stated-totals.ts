import { plainName } from '../../../shared/formats/csv/columns.ts';
import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import type { ChannelTemplate, Figure, TotalsForm } from './channel-template.ts';
import type { FileTally } from './file-tally.ts';
import { readFee, readSigned, shown } from './read-figures.ts';

interface Stated {
  readonly value: bigint;
  readonly line: number;
}

/** What a file says that it adds up to. Told of its lines and rows, it takes those that state totals. */
export class StatedTotals {
  private readonly template: ChannelTemplate;
  private readonly stated = new Map<Figure, Stated>();
  private titles: readonly string[] | undefined;
  private seenRow = false;

  constructor(template: ChannelTemplate) {
    this.template = template;
  }

  /** Whether the row of totals is behind, after which no row of a transaction comes. */
  get rowSeen(): boolean {
    return this.seenRow;
  }

  /** Looks for figures in words on a line that is no row. @throws CsvError totals-differ: a figure that is none */
  takeText(text: string, line: number): void {
    const { totals } = this.template;
    if (totals?.kind !== 'TEXT') return;
    for (const { figure, line: beginning, after, before } of totals.figures) {
      const start = text.startsWith(beginning) ? text.indexOf(after) : -1;
      const end = start < 0 ? -1 : text.indexOf(before, start + after.length);
      if (end >= 0) this.state(figure, text.slice(start + after.length, end).trim(), line);
    }
  }

  /** Takes a row that states or names totals; false where it is a row as any other. @throws CsvError totals-differ */
  takeRow(cells: readonly string[], line: number): boolean {
    const { totals } = this.template;
    if (!totals || totals.kind === 'TEXT') return false;
    if (totals.kind === 'ROW') return cells[0] === totals.first && this.takePlaces(totals.figures, cells, line);
    if (this.titles) return this.takeTitled(totals.figures, this.titles, cells, line);
    if (cells[0] !== totals.title) return false;
    this.titles = cells.map(plainName);
    return true;
  }

  /** @throws CsvError totals-missing, totals-differ: where they are not those of the rows */
  compare(tally: FileTally): void {
    for (const figure of figuresOf(this.template.totals)) {
      const stated = this.stated.get(figure);
      if (!stated) throw missing(figure);
      if (stated.value === tally[figure]) continue;
      const [there, rows] = [stated.value, tally[figure]].map((value) => this.worded(figure, value));
      const what = `The file states ${there} for ${figure}, its rows add up to ${rows}`;
      throw new CsvError('totals-differ', what, fetchAgain, { line: stated.line });
    }
  }

  private takeTitled(
    figures: Readonly<Partial<Record<Figure, string>>>,
    titles: readonly string[],
    cells: readonly string[],
    line: number,
  ): boolean {
    this.titles = undefined;
    const places = Object.entries(figures).map(([figure, name]) => [figure, titles.indexOf(plainName(name)) + 1]);
    return this.takePlaces(Object.fromEntries(places), cells, line);
  }

  private takePlaces(
    places: Readonly<Partial<Record<Figure, number>>>,
    cells: readonly string[],
    line: number,
  ): boolean {
    this.seenRow = true;
    for (const [figure, place] of Object.entries(places) as [Figure, number][]) {
      const text = cells[place - 1];
      if (text !== undefined && text !== '') this.state(figure, text, line);
    }
    return true;
  }

  private state(figure: Figure, text: string, line: number): void {
    const { amounts, currency } = this.template;
    const value = figure === 'fees' ? readFee(text, currency, amounts).amount : this.plainFigure(figure, text);
    if (value === undefined) {
      throw new CsvError('totals-differ', `The total ${figure} is ${shown(text)}, which is no figure`, fetchAgain, {
        line,
      });
    }
    this.stated.set(figure, { value, line });
  }

  private worded(figure: Figure, value: bigint): string {
    const { currency } = this.template;
    return isAmount(figure) ? `${formatAmount(value, currency)} ${currency}` : String(value);
  }

  private plainFigure(figure: Figure, text: string): bigint | undefined {
    const { amounts, currency } = this.template;
    const counts = { ...amounts, unit: 'MINOR' as const };
    const { amount } = readSigned(text, currency, isAmount(figure) ? amounts : counts);
    const turned = amount !== undefined && figure === 'refunded' && amount < 0n;
    return turned ? -amount : amount;
  }
}

const fetchAgain = 'Fetch the whole file from the channel again; it was cut off or changed on its way.';

function isAmount(figure: Figure): boolean {
  return figure === 'paid' || figure === 'refunded' || figure === 'fees';
}

function figuresOf(totals: TotalsForm | undefined): readonly Figure[] {
  if (!totals) return [];
  if (totals.kind === 'TEXT') return totals.figures.map(({ figure }) => figure);
  return Object.keys(totals.figures) as Figure[];
}

function missing(figure: Figure): CsvError {
  return new CsvError('totals-missing', `The file does not state its total ${figure}`, fetchAgain);
}
