/** The normal forms under which an invoice is found by its number and its other references, each once. */
export function referenceTokensOf(number: string, references: Readonly<Record<string, string>>): string[] {
  const forms = [number, ...Object.values(references)].map((text) =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  );
  return [...new Set(forms)].filter((form) => form !== '');
}
