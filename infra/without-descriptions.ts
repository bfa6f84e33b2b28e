import { parseSync, Visitor } from 'rolldown/utils';

const told: ReadonlySet<string> = new Set(['description', 'summary']);
const texts: ReadonlySet<string> = new Set(['Literal', 'TemplateLiteral', 'BinaryExpression']);

/**
 * The source of a contract, its shapes or its routes without what they say of themselves, which the reference alone reads. All else
 * stands where it stood, so source maps hold. Throws where it does not parse.
 */
export function withoutDescriptions(source: string): string {
  const { program, errors } = parseSync('contract.ts', source);
  if (errors.length > 0) throw new SyntaxError(errors.map(({ message }) => message).join('\n'));
  const cuts: { readonly from: number; readonly to: number }[] = [];
  new Visitor({
    Property({ start: from, end, key, value }) {
      if (key.type !== 'Identifier' || !told.has(key.name) || !texts.has(value.type)) return;
      const comma = /^\s*,/.exec(source.slice(end))?.[0] ?? '';
      cuts.push({ from, to: end + comma.length });
    },
  }).visit(program);
  return cuts.reduce(
    (text, { from, to }) => `${text.slice(0, from)}${blank(text.slice(from, to))}${text.slice(to)}`,
    source,
  );
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
