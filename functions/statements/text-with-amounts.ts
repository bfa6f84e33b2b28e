/**
 * Lines of a bank file at rest: one JSON text, and beside it the amounts in it as numbers of the database. Nested maps
 * cost an engine ten times the work of a text, and a large statement has half a million lines.
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

export function readText({ text, amounts }: TextWithAmounts): unknown {
  return JSON.parse(text, (_, member: unknown) => {
    if (!isAmountPlace(member)) return member;
    const amount = amounts[member.minor];
    if (amount === undefined) throw new Error(`The text names amount ${member.minor}, which is not there.`);
    return amount;
  });
}

function isAmountPlace(member: unknown): member is AmountPlace {
  return typeof member === 'object' && member !== null && 'minor' in member && typeof member.minor === 'number';
}
