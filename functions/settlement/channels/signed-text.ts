/** A value of a callback's JSON body. */
export type CallbackValue =
  | string
  | number
  | boolean
  | null
  | readonly CallbackValue[]
  | { readonly [field: string]: CallbackValue };

export type CallbackBody = { readonly [field: string]: CallbackValue };

/** The field of a callback that holds its signature; it alone is not signed. */
export const signatureField = 'signature';

/** Objects and lists within each other, at most; no channel comes near it. */
export const nestingMax = 8;

/** A body that cannot be put into one text only. `field` is where, such as `lines.0.memo`. */
export type SignedTextFault = {
  readonly code: 'NAME_NOT_SIGNABLE' | 'VALUE_NOT_SIGNABLE' | 'NESTED_TOO_DEEP';
  readonly field: string;
};

const nameShape = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * What is signed of a callback: `name=value` of each field, sorted by name, joined with `&`, in UTF-8, without escaping.
 *
 * - All fields count but `signature` at the top. Names hold letters, digits, `_` and `-`.
 * - A nested field has the names above it before its own, `payer.id`; an entry of a list its place, `lines.0.amount`. Sorting is over
 *   these whole names, by code point: capitals before small letters, `lines.10` before `lines.2`.
 * - What is empty is left out: null, an empty text, and an object or list in which nothing is left. So a field that is empty and one
 *   that is missing are the same, and whoever reads the body has to treat them alike.
 * - A text stands as it is, a whole number in decimal digits, a boolean as true or false. So `1` and `"1"` are the same too.
 * - Refused, because two bodies could have one text: `&` or half a surrogate pair in a value, a name of another shape, a number that is
 *   not whole or is beyond 2^53 (amounts are text).
 *
 * @example { paidAmount: '90.00', orderNo: 'A1', memo: '' } is 'orderNo=A1&paidAmount=90.00'.
 */
export function signedText(body: CallbackBody): string | SignedTextFault {
  const { [signatureField]: _, ...signed } = body;
  const found = pairsOf(signed, [], 0);
  if ('code' in found) return found;
  return found.pairs
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

type Pairs = { readonly pairs: [name: string, value: string][] };

function pairsOf(value: CallbackValue, trail: readonly string[], depth: number): Pairs | SignedTextFault {
  const field = trail.join('.');
  if (value === null || value === '') return { pairs: [] };
  if (typeof value === 'object')
    return depth > nestingMax ? { code: 'NESTED_TOO_DEEP', field } : inner(value, trail, depth);
  const isSignable = typeof value === 'string' ? isSafe(value) : isWhole(value);
  return isSignable ? { pairs: [[field, String(value)]] } : { code: 'VALUE_NOT_SIGNABLE', field };
}

function inner(value: CallbackBody | readonly CallbackValue[], trail: readonly string[], depth: number) {
  const pairs: Pairs['pairs'] = [];
  for (const [name, one] of Object.entries(value)) {
    const field = [...trail, name];
    if (!nameShape.test(name)) return { code: 'NAME_NOT_SIGNABLE' as const, field: field.join('.') };
    const found = pairsOf(one, field, depth + 1);
    if ('code' in found) return found;
    pairs.push(...found.pairs);
  }
  return { pairs };
}

/** Half a surrogate pair has no UTF-8; all of them would be written alike. */
function isSafe(value: string): boolean {
  return !value.includes('&') && value.isWellFormed();
}

function isWhole(value: number | boolean): boolean {
  return typeof value === 'boolean' || Number.isSafeInteger(value);
}
