/**
 * Signs at which a spreadsheet takes a cell for a formula, in full width too, and those it drops before them (OWASP, CSV
 * Injection; ASVS 5 1.2.10).
 */
const formulaStart = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n\0])/;
const guardedStart = /^'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n\0])/;
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/**
 * The text with an apostrophe before it where a spreadsheet would run it as a formula; the spreadsheet shows it as text.
 * Plain numbers stay: -12.50 does nothing. So does a text within: a file is opened with the delimiter it was written with.
 */
export function guardFormula(text: string): string {
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** The text before guardFormula, of any text. */
export function withoutFormulaGuard(text: string): string {
  return guardedStart.test(text) ? text.slice(1) : text;
}
