/** The normal forms under which a customer is found by names, each once. */
export function nameKeysOf(names: readonly string[]): string[] {
  const forms = names.map((name) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s.·•]/g, ''),
  );
  return [...new Set(forms)].filter((form) => form !== '');
}
