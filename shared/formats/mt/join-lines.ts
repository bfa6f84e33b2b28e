/** Characters of a full line of text. A line that long was cut by the width, a shorter one ends by itself. */
const lineWidth = 65;

const startsSubfield = /^[?<>]\d/;
const endsInSubfield = /[?<>]\d?$/;

/** A text over several lines as one; a word that was cut in two by the width is whole again. */
export function joinLines(lines: readonly string[]): string {
  let text = lines[0] ?? '';
  for (let at = 1; at < lines.length; at += 1) {
    const [before = '', line = ''] = [lines[at - 1], lines[at]];
    const isCut = before.length >= lineWidth || startsSubfield.test(line) || endsInSubfield.test(before);
    text += isCut ? line : ` ${line}`;
  }
  return text;
}
