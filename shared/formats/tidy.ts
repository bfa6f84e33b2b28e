const untidy = /^\s|\s$|\s\s|[\t\r\n]/;

/** One blank for every run of white space, none at the ends. */
export function tidy(text: string): string {
  return untidy.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}
