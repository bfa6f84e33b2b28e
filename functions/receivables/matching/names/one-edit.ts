/** Characters that tell one from the next: changed ones are no typo (第三建筑 and 第四建筑, 1 and 2). */
const numeral = /[0-9一二三四五六七八九十百零甲乙丙丁]/;

/**
 * Whether two texts differ by one typing mistake: a character changed, left out or added, or two neighbours swapped. Not
 * where a numeral is what differs. Equal texts do not differ.
 */
export function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  if (same === long.length) return false;
  const changed = long.slice(same, same + 1) + (short.length === long.length ? short.slice(same, same + 1) : '');
  if (numeral.test(changed)) return false;
  if (short.length < long.length) return short.slice(same) === long.slice(same + 1);
  return short.slice(same + 1) === long.slice(same + 1) || isSwap(short.slice(same), long.slice(same));
}

function isSwap(one: string, other: string): boolean {
  return one.length > 1 && one[0] === other[1] && one[1] === other[0] && one.slice(2) === other.slice(2);
}
