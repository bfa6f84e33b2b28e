import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import { isOneEdit } from '../names/one-edit.ts';

/** A shorter number that nothing calls one may be a quantity. */
const tellingLengthMin = 5;

/**
 * Whether a receipt names something else than these invoices: a number of ours, open or paid or of another entity or currency,
 * or one like ours, that is none of theirs; or it ends in the beginning of another's. An amount alone explains nothing then. A
 * number with one typing mistake in it speaks for its invoice.
 */
export function speaksAgainst({ references }: Case, items: readonly Item[]): boolean {
  const isOther = references.strangers.some(
    (stranger) =>
      !items.some(({ token, headed = token }) => isMistyped(stranger, headed) || isMistyped(stranger, token)),
  );
  const isNamed = references.hits.some(
    ({ weight, token, entries }) =>
      (weight !== 'PLAIN' || token.length >= tellingLengthMin) && !entries.some(({ item }) => items.includes(item)),
  );
  const begun = references.cut?.entries.map(({ item }) => item) ?? [];
  return isOther || isNamed || (begun.length > 0 && !begun.some((item) => items.includes(item)));
}

/** One digit wrong or two swapped: numerals too, other than in names. */
function isMistyped(written: string, meant: string): boolean {
  if (written.length !== meant.length) return isOneEdit(written, meant);
  const places = [...meant].flatMap((character, at) => (character === written[at] ? [] : [at]));
  const [first = 0, second = 0] = places;
  if (places.length === 1) return true;
  return (
    places.length === 2 && second === first + 1 && written[first] === meant[second] && written[second] === meant[first]
  );
}
