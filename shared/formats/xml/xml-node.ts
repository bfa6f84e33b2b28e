import { freeTextCharactersMax, refuseLongText, shortTextCharactersMax } from '../text-limits.ts';
import { tidy } from '../tidy.ts';

/** An element of which only name, text and children matter; names without their namespace prefix. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** The first element at the end of a path. */
export function find(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let found = node;
  for (const name of path) {
    found = found?.children.find((child) => child.name === name);
    if (!found) return undefined;
  }
  return found;
}

export function findAll(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

/**
 * The identifier, code or name at the end of a path, tidied; nothing when the element is missing or empty.
 * @throws FormatError element-too-large
 */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  return limitedText(node, path, shortTextCharactersMax);
}

/** The same for a text that people write to people. */
export function freeTextAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  return limitedText(node, path, freeTextCharactersMax);
}

function limitedText(node: XmlNode | undefined, path: readonly string[], max: number): string | undefined {
  const found = find(node, ...path);
  if (!found) return undefined;
  const text = tidy(found.text);
  if (text.length > max) refuseLongText(text, max, [node?.name, ...path].join('/'));
  return text || undefined;
}

/** The text as it stands but for white space at its ends: what was sent and comes back has to compare equal. */
export function exactTextAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const text = find(node, ...path)?.text.trim();
  if (text === undefined) return undefined;
  if (text.length > shortTextCharactersMax) {
    refuseLongText(text, shortTextCharactersMax, [node?.name, ...path].join('/'));
  }
  return text || undefined;
}

/** The text of the first path that has one. */
export function firstText(node: XmlNode | undefined, ...paths: readonly (readonly string[])[]): string | undefined {
  for (const path of paths) {
    const text = textAt(node, ...path);
    if (text !== undefined) return text;
  }
  return undefined;
}
