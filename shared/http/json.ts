import { maskNumbersIn } from '../identifiers/mask.ts';
import { general } from '../problems/general.ts';

/** Arrays and objects within each other, at most. */
const JSON_DEPTH_MAX = 32;

/**
 * Reads JSON of the strict kind (I-JSON, RFC 7493): no key twice in one object, no nesting beyond JSON_DEPTH_MAX.
 * Throws a problem that points at the fault and never quotes the text.
 */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    refuseAmbiguity(text);
    return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const place = /\(line \d+ column \d+\)/.exec(cause.message)?.[0];
    throw general['not-json'].with({ detail: `The body is not JSON${place ? ` ${place}` : ''}.` }, { cause });
  }
}

interface Level {
  /** Keys met in an object; none in an array. */
  readonly keys?: Set<string>;
  /** Key or index of the member being read. */
  step: string | number;
}

/**
 * Walks the tokens of a text that JSON.parse has taken. The parser keeps the last of two equal keys without a word, and
 * this finds them. With the text known to be sound, strings and brackets are the only tokens that matter.
 */
function refuseAmbiguity(text: string): void {
  const levels: Level[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{},]/g;
  for (const [token, colon] of text.matchAll(tokens)) {
    const level = levels.at(-1);
    if (token === '{') push(levels, { keys: new Set(), step: '' });
    else if (token === '[') push(levels, { step: 0 });
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',') advance(level);
    else if (colon !== undefined && level) addKey(levels, level, JSON.parse(token.slice(0, -colon.length)));
  }
}

function push(levels: Level[], level: Level): void {
  levels.push(level);
  if (levels.length <= JSON_DEPTH_MAX) return;
  const detail = `Arrays and objects are nested deeper than ${JSON_DEPTH_MAX}.`;
  throw general.malformed.with({ detail, errors: [{ pointer: pointerTo(levels.slice(0, -1)), detail }] });
}

function advance(level: Level | undefined): void {
  if (typeof level?.step === 'number') level.step += 1;
}

function addKey(levels: readonly Level[], level: Level, key: string): void {
  level.step = key;
  if (level.keys?.has(key)) {
    const detail = 'This key stands twice in its object.';
    throw general['duplicate-key'].with({ detail, errors: [{ pointer: pointerTo(levels), detail }] });
  }
  if (key === '__proto__') {
    const detail = 'No object has a field of this name.';
    throw general.malformed.with({ detail, errors: [{ pointer: pointerTo(levels), detail }] });
  }
  level.keys?.add(key);
}

function pointerTo(levels: readonly Level[]): string {
  return maskNumbersIn(jsonPointer(levels.map(({ step }) => step)));
}

/** A JSON pointer (RFC 6901) along keys and indexes; '' is the whole body. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
