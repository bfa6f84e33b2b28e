import { ConverterBuilder } from 'opencc-js/core';
import compatibility from 'opencc-js/dict/CJK_Compatibility_Ideographs';
import hongKongVariants from 'opencc-js/dict/HKVariantsRev';
import hongKongPhrases from 'opencc-js/dict/HKVariantsRevPhrases';
import characters from 'opencc-js/dict/TSCharacters';
import phrases from 'opencc-js/dict/TSPhrases';

const han = /\p{Script=Han}/u;

/**
 * OpenCC's own way from Hong Kong's variants to simplified characters (`hk2s`), which covers the standard's and Taiwan's
 * characters too: its tables alone, for those of all ways together are three times as large.
 */
const hongKong = [hongKongPhrases, hongKongVariants];
const simplifying = [phrases, characters];
const way = {
  normalizationChain: [[compatibility]],
  segmentation: [phrases],
  conversionChain: [hongKong, simplifying],
};

let converter: ((text: string) => string) | undefined;

/**
 * The text in simplified characters, by OpenCC: 臺灣積體電路 is 台湾积体电路, and Hong Kong's 衞 is 卫. What is simplified
 * already stays. The tables are read at the first use (about 25 ms), not when the module is loaded.
 */
export function simplified(text: string): string {
  if (!han.test(text)) return text;
  converter ??= ConverterBuilder({ from: { hk: [hongKong] }, to: { cn: [simplifying] }, configs: { hk2s: way } })({
    from: 'hk',
    to: 'cn',
  });
  return converter(text);
}
