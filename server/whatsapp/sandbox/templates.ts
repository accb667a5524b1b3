import { readTemplate } from '#whatsapp/cloud-api/templates.ts'
import type { Template } from '#whatsapp/provider.ts'

/** As Meta would list them: by position, by name, with a header and a button, one that still waits for approval, and two to begin and to resume. */
const listed = [
  {
    name: 'pedido_enviado',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'Olá, {{1}}! Seu pedido {{2}} foi enviado. O código de rastreio é {{3}}.' },
    ],
  },
  {
    name: 'lembrete_agendamento',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      { type: 'BODY', text: 'Oi, {{nome}}! Lembramos do seu horário em {{dia}}, às {{hora}}. Até lá!' },
      { type: 'FOOTER', text: 'Responda SAIR para não receber mais.' },
    ],
  },
  {
    name: 'oferta_da_semana',
    category: 'MARKETING',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Novidades de {{1}}' },
      { type: 'BODY', text: 'Oi, {{1}}! Esta semana {{2}} está com desconto para você.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver', url: 'https://loja.example/o/{{1}}' }] },
    ],
  },
  {
    name: 'convite_evento',
    category: 'MARKETING',
    status: 'PENDING',
    components: [{ type: 'BODY', text: 'Oi, {{1}}! Você vem ao nosso evento?' }],
  },
  {
    name: 'boas_vindas',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: 'Olá, {{nome}}! Aqui é {{vendedor}}, da {{empresa}}. Recebemos o seu pedido de orçamento. Posso fazer duas perguntas rápidas?',
      },
    ],
  },
  {
    name: 'retomar_conversa',
    category: 'MARKETING',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: 'Oi, {{nome}}! Aqui é {{vendedor}}, da {{empresa}}. Podemos retomar a nossa conversa sobre {{assunto}}?',
      },
    ],
  },
]

export const sandboxTemplates: Template[] = listed.map(
  (template, at) =>
    readTemplate({ id: `sandbox-${at + 1}`, language: 'pt_BR', status: 'APPROVED', ...template })!,
)
