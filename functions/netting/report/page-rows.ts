import { type RowOf, type Section, sections } from './rows.ts';

/** Where the rows of a report come from: blocks of a closed cycle, or memory. */
export interface RowSource {
  readonly blocks: Readonly<Record<Section, number>>;
  read<Of extends Section>(section: Of, block: number): Promise<readonly RowOf[Of][]>;
}

/** Where a report goes on: behind so many rows of a block. */
export interface RowPlace {
  readonly section: Section;
  readonly block: number;
  readonly skip: number;
}

export type RowPage = { readonly [Of in Section]: readonly RowOf[Of][] };

/** A page of rows, section after section, or of one section alone; `next` where there are more. */
export async function pageRows(
  source: RowSource,
  { from, only, count }: { readonly from: RowPlace | undefined; readonly only?: Section; readonly count: number },
): Promise<{ readonly page: RowPage; readonly next?: RowPlace }> {
  const shown = only === undefined ? sections : [only];
  const page = Object.fromEntries(sections.map((section) => [section, []])) as unknown as Record<Section, unknown[]>;
  let room = count;
  let place = from ?? firstOf(shown[0]);
  for (;;) {
    const { section, block, skip } = place;
    if (block >= source.blocks[section]) {
      const following = shown[shown.indexOf(section) + 1];
      if (following === undefined) return { page: page as unknown as RowPage };
      place = firstOf(following);
      continue;
    }
    // Asked only when there is more to show, so that no page is empty behind another.
    if (room === 0) return { page: page as unknown as RowPage, next: place };
    const rows = await source.read(section, block);
    const taken = rows.slice(skip, skip + room);
    page[section].push(...taken);
    room -= taken.length;
    const isWhole = skip + taken.length >= rows.length;
    // A page of a dry run counts from the first row of all, and goes on behind it when the figures stand in blocks by then.
    const left = Math.max(0, skip - rows.length);
    place = isWhole ? { section, block: block + 1, skip: left } : { section, block, skip: skip + taken.length };
  }
}

function firstOf(section: Section = 'POSITIONS'): RowPlace {
  return { section, block: 0, skip: 0 };
}
