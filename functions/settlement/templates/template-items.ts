import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys } from '../keys.ts';
import type { OwnTemplate, TemplateUse } from './own-template.ts';

/** Items as plain objects ↔ the model: a template holds no amounts, so it is kept as one text. */
export function templateToPlain(template: OwnTemplate): Plain {
  const { tenant, marketId, use, id, revision } = template;
  return { ...keys.template(tenant, marketId, use, id), kind: 'TEMPLATE', revision, text: JSON.stringify(template) };
}

export function templateFromPlain<Use extends TemplateUse>({ text }: Plain): OwnTemplate<Use> {
  return JSON.parse(String(text)) as OwnTemplate<Use>;
}
