/** A table of OpenCC, as `from to` with `|` between its entries; the package tells no types of these. */
declare module 'opencc-js/dict/*' {
  const dictionary: string;
  export default dictionary;
}
