import { Converter } from 'opencc-js/t2cn';

const han = /\p{Script=Han}/u;

let converter: ((text: string) => string) | undefined;

/**
 * The text in simplified characters, by OpenCC: 臺灣積體電路 is 台湾积体电路, and Hong Kong's 衞 is 卫. What is simplified
 * already stays. The tables are read at the first use (about 25 ms), not when the module is loaded.
 */
export function simplified(text: string): string {
  if (!han.test(text)) return text;
  // Reading from Hong Kong's variants covers the standard's and Taiwan's characters too.
  const convert = converter ?? Converter({ from: 'hk', to: 'cn' });
  converter = convert;
  return convert(text);
}
