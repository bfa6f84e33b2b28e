/** Where the records of a text begin, and what parts their fields. */
export interface Beginning {
  readonly delimiter: string;
  readonly from: number;
  readonly line: number;
}

/** The first wins where two are as many. */
const candidates = [',', ';', '\t'];

const sepLine = /^"?sep=([^"\r\n])"?[,;\t ]*(?:\r\n|\n|\r|$)/i;

/**
 * Finds the delimiter: that of Excel's first line `sep=;`, else the comma, semicolon or tab that the header has most of
 * outside quotes; the comma for a header of one column.
 */
export function findDelimiter(text: string): Beginning {
  const sep = sepLine.exec(text);
  const { from, line } = firstLineWithText(text, sep?.[0].length ?? 0);
  if (sep?.[1] !== undefined) return { delimiter: sep[1], from, line: line + 1 };
  return { delimiter: mostFrequent(headerWithoutQuoted(text, from)), from, line };
}

/** The line from `start` on that first holds anything, counted from 1 there. */
function firstLineWithText(text: string, start: number): Pick<Beginning, 'from' | 'line'> {
  const blank = text.slice(start).search(/\S/);
  if (blank < 0) return { from: text.length, line: 1 };
  let from = start;
  let line = 1;
  for (const { index, 0: lineEnd } of text.slice(start, start + blank).matchAll(/\r\n|\n|\r/g)) {
    from = start + index + lineEnd.length;
    line += 1;
  }
  return { from, line };
}

/** Characters that a header is looked for in. */
const headerCharactersMax = 64 * 1024;

function headerWithoutQuoted(text: string, from: number): string {
  const head = text.slice(from, from + headerCharactersMax);
  return head.replace(/"[^"]*(?:"|$)/g, '').split(/[\r\n]/, 1)[0] ?? '';
}

function mostFrequent(header: string): string {
  const counts = candidates.map((candidate) => header.split(candidate).length);
  return candidates[counts.indexOf(Math.max(...counts))] ?? ',';
}
