/**
 * Many small records in one item: one JSON text per line, and beside it the amounts in it as numbers of the database.
 * Nested maps cost an engine ten times the work of a text; a large statement has half a million lines, a pool thousands
 * of members.
 */
export interface TextWithAmounts {
  readonly text: string;
  /** Minor units; the text names them by place. */
  readonly amounts: readonly bigint[];
}

/** In the text an amount is `{"minor": place}`; nothing else in a line has that shape. */
interface AmountPlace {
  readonly minor: number;
}

export function writeText(value: unknown): TextWithAmounts {
  const amounts: bigint[] = [];
  const text = JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'bigint') return member;
    const place: AmountPlace = { minor: amounts.push(member) - 1 };
    return place;
  });
  return { text, amounts };
}

/** Several texts as one, a line each; the amounts one after the other. */
export function joinTexts(texts: readonly TextWithAmounts[]): TextWithAmounts {
  return { text: texts.map(({ text }) => text).join('\n'), amounts: texts.flatMap(({ amounts }) => amounts) };
}

/** The values of joined texts. */
export function readTexts({ text, amounts }: TextWithAmounts): unknown[] {
  let before = 0;
  return text.split('\n').map((line) => {
    const { value, amountsRead } = readLine(line, amounts, before);
    before += amountsRead;
    return value;
  });
}

function readLine(line: string, amounts: readonly bigint[], before: number): { value: unknown; amountsRead: number } {
  let amountsRead = 0;
  const value: unknown = JSON.parse(line, (_, member: unknown) => {
    if (!isAmountPlace(member)) return member;
    const amount = amounts[before + member.minor];
    if (amount === undefined) throw new Error(`A line names amount ${member.minor}, which is not there.`);
    amountsRead += 1;
    return amount;
  });
  return { value, amountsRead };
}

function isAmountPlace(member: unknown): member is AmountPlace {
  return typeof member === 'object' && member !== null && 'minor' in member && typeof member.minor === 'number';
}
