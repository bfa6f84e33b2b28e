/** Text that is markup already. Everything else is escaped when it is put into a page. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = Markup | string | number | false | undefined | readonly Content[];

/**
 * A template of HTML. Values are escaped, lists are joined, `false` and undefined leave nothing.
 *
 * @example html`<p>${'a < b'}</p>`
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, part, index) => `${text}${render(values[index - 1])}${part}`));
}

function render(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (content === false || content === undefined) return '';
  if (typeof content === 'object') return content.map(render).join('');
  return escapeMarkup(String(content));
}

/** The five characters that mean something in HTML and XML. */
function escapeMarkup(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

/** One-line text with `code` in backquotes. */
export function prose(text: string): Markup {
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
  return html`${parts}`;
}

export function json(value: unknown): Markup {
  return html`<pre><code>${JSON.stringify(value, null, 2)}</code></pre>`;
}
