/** Latin words for the form of a company, in capitals without diacritics or dots, as one spelling of each; longer ones first. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\bGESELLSCHAFT MIT BESCHR(?:AE|A)NKTER HAFTUNG\b/g, 'GMBH'],
  [/\bSOCIETE A RESPONSABILITE LIMITEE\b/g, 'SARL'],
  [/\bLIMITED LIABILITY COMPANY\b/g, 'LLC'],
  [/\bPUBLIC LIMITED COMPANY\b/g, 'PLC'],
  [/\b(?:PRIVATE|PTE|PVT) (?:LIMITED|LTD)\b/g, 'PTE LTD'],
  [/\b(?:PROPRIETARY|PTY) (?:LIMITED|LTD)\b/g, 'PTY LTD'],
  [/\bSOCIETE ANONYME\b|\bSOCIEDAD ANONIMA\b/g, 'SA'],
  [/\bSOCIETA PER AZIONI\b/g, 'SPA'],
  [/\bBESLOTEN VENNOOTSCHAP\b/g, 'BV'],
  [/\bNAAMLOZE VENNOOTSCHAP\b/g, 'NV'],
  [/\bKABUSHIKI KAISHA\b/g, 'KK'],
  [/\bAKTIENGESELLSCHAFT\b/g, 'AG'],
  [/\bKOMMANDITGESELLSCHAFT\b/g, 'KG'],
  [/\bINCORPORATED\b/g, 'INC'],
  [/\bCORPORATION\b/g, 'CORP'],
  [/\bCOMPANY\b/g, 'CO'],
  [/\bLIMITED\b/g, 'LTD'],
  [/\b(?:AND|UND|ET)\b/g, '&'],
];

/** The words of a name in capitals with each Latin form of a company in one spelling: 'X COMPANY LIMITED' is 'X CO LTD'. */
export function withOneFormSpelling(words: string): string {
  return spellings.reduce((text, [spelling, one]) => text.replace(spelling, one), words);
}

/** Forms that are written with brackets and without: (有限公司), (有限合伙). A place in brackets is no form and keeps them. */
const bracketedForm = /\(((?:股份)?有限(?:责任)?公司|(?:特殊)?普通合伙|有限合伙)\)/g;

/** A name without spaces whose Chinese form of a company has no brackets. 股份有限公司 and 有限责任公司 stay what they are. */
export function withBareForm(name: string): string {
  return name.replace(bracketedForm, '$1');
}

/** Whether a name is whole: it ends with a form of company, so nothing was cut off. */
export function endsWithForm(name: string): boolean {
  return /(?:公司|合伙|GMBH|LTD|LLC|PLC|INC|CORP|SARL|SPA|AG|KG|BV|NV|SA|KK)$/.test(name);
}
