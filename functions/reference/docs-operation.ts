import type { OperationContract } from '../../shared/http/contract.ts';
import type { RouteDescription } from '../../shared/service/description.ts';
import { curlExample } from './curl-example.ts';
import { schemaTable } from './docs-schema.ts';
import { html, json, type Markup, prose } from './html.ts';
import type { SchemaCollector } from './json-schemas.ts';
import { problemAnchor, problemsOf } from './operation-problems.ts';

/** One operation of the reference page. */
export function operationSection(
  route: RouteDescription,
  contract: OperationContract,
  schemas: SchemaCollector,
): Markup {
  return html`
<section class="operation" id="${route.operation}">
<h3>${route.summary}</h3>
<p class="route"><span class="method ${route.method.toLowerCase()}">${route.method}</span> <code>${route.path}</code></p>
${contract.description !== undefined && html`<p>${prose(contract.description)}</p>`}
<p>${accessText(route)}${route.idempotencyKey === 'REQUIRED' && html` The header <code>Idempotency-Key</code> is required.`}</p>
${inputTable('In the path', contract.path, schemas)}
${inputTable('In the query', contract.query, schemas)}
${route.body === 'FILE' && html`<h4>Body</h4><p>The file as it is, any content type.</p>`}
${inputTable('Body', contract.body, schemas)}
<h4>Answer ${route.success}</h4>
${schemaTable(schemas.add(contract.response), schemas)}
<h4>Example</h4>
<pre><code>${curlExample(route, contract)}</code></pre>
${contract.responseType === undefined && json(contract.example.response)}
<h4>Problems</h4>
${problemList(route, contract)}
</section>`;
}

function accessText({ access }: RouteDescription): Markup {
  if (access === 'PUBLIC') return html`Open to all, without a token.`;
  return html`For ${access.map((role, index) => html`${index > 0 && ', '}<code>${role}</code>`)}.`;
}

function inputTable(title: string, schema: OperationContract['path'], schemas: SchemaCollector): Markup | undefined {
  return schema && html`<h4>${title}</h4>${schemaTable(schemas.add(schema), schemas)}`;
}

function problemList(route: RouteDescription, contract: OperationContract): Markup {
  const items = problemsOf(route, contract).map(
    ({ status, code, title }) =>
      html`<li>${status} <a href="#${problemAnchor(code)}"><code>${code}</code></a> ${title}</li>`,
  );
  return html`<details><summary>${items.length} problems it may answer</summary><ul class="problems">${items}</ul></details>`;
}
