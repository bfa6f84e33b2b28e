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

const untidy = /^\s|\s$|\s\s|[\t\r\n]/;

/** The text at the end of a path, tidied; nothing when the element is missing or empty. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const text = find(node, ...path)?.text;
  return text === undefined ? undefined : tidy(text) || undefined;
}

/** The text of the first path that has one. */
export function firstText(node: XmlNode | undefined, ...paths: readonly (readonly string[])[]): string | undefined {
  for (const path of paths) {
    const text = textAt(node, ...path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** One blank for every run of white space, none at the ends. */
export function tidy(text: string): string {
  return untidy.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}
