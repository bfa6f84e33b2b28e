/** GBK written by a table that is the reverse of reading every pair of bytes; nothing of the reader is used. */
const table = new Map<string, readonly [number, number]>();
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    if (trail === 0x7f) continue;
    const character = new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail));
    if (!table.has(character)) table.set(character, [lead, trail]);
  }
}

/** Han characters of two bytes in GBK. */
export const hanOfGbk = [...table.keys()].filter((character) => /^\p{Script=Han}$/u.test(character));

/** The 3,755 most used, rows 16 to 55 of GB 2312, in its order. */
export const hanOfDailyUse = hanOfGbk.filter((character) => {
  const [lead, trail] = table.get(character) ?? [0, 0];
  return lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1;
});

export function encodeGbk(text: string): Uint8Array {
  const bytes = [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const pair = table.get(character);
    if (!pair) throw new Error(`${character} is not in GBK`);
    return [...pair];
  });
  return Uint8Array.from(bytes);
}
