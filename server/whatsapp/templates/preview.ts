import { invalid } from '#platform/errors.ts'
import { objectsIn, textIn } from '#platform/loose.ts'
import { filledText } from '#whatsapp/cloud-api/templates.ts'
import { wrongVariables } from '#whatsapp/outbox/rules.ts'
import type { Template, TemplateValues } from '#whatsapp/provider.ts'
import type { Preview } from '#whatsapp/templates/schema.ts'

/** The template as the customer will see it, or which values it lacks. */
export function preview(template: Template, values: TemplateValues): Preview {
  const problems = wrongVariables(template, values)
  if (problems.length > 0) throw invalid({ variables: problems })
  const part = (type: string) => objectsIn(template.components).find((each) => each.type === type) ?? {}
  const media = template.variables.find(({ place, kind }) => place === 'header' && kind !== 'text')
  const header = filledText(template, values, 'header', textIn(part('HEADER').text) ?? '')
  return {
    header: media ? filledText(template, values, 'header', `{{${media.key}}}`) : header || null,
    text: filledText(template, values, 'body', textIn(part('BODY').text) ?? ''),
    footer: textIn(part('FOOTER').text),
    buttons: objectsIn(part('BUTTONS').buttons).map(({ text, url }, at) => ({
      text: textIn(text) ?? '',
      url: textIn(url) && filledText(template, values, 'button', textIn(url)!, at),
    })),
  }
}
