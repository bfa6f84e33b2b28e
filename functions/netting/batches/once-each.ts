/**
 * Has each reference of a list worked on once, by the first that has it, and answers in the order of the list: to those that come
 * again what `again` makes of the first one's result. Throws Error where one has no result.
 */
export async function onceEach<Item, Result>(
  items: readonly Item[],
  referenceOf: (item: Item) => string,
  work: (different: readonly Item[]) => Promise<ReadonlyMap<string, Result>>,
  again: (first: Result, item: Item) => Result,
): Promise<Result[]> {
  const places = new Map<string, number>();
  for (const [place, item] of items.entries()) {
    const reference = referenceOf(item);
    if (!places.has(reference)) places.set(reference, place);
  }
  const results = await work(items.filter((item, place) => places.get(referenceOf(item)) === place));
  return items.map((item, place) => {
    const reference = referenceOf(item);
    const result = results.get(reference);
    if (!result) throw new Error(`Nothing was made of ${reference}.`);
    return places.get(reference) === place ? result : again(result, item);
  });
}
