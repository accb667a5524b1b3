import { later, nextOpening } from '#platform/calendar.ts'
import type { NewSequence, SendingHours } from '#sequences/schema.ts'
import { timeZone } from './clock.ts'
import { shortName } from './company.ts'

export type SequenceName = keyof typeof beginnings

const open: SendingHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], from: '08:00', to: '20:00' }
const quiet: SendingHours = { ...open, from: '09:30', to: '18:00' }
const beginnings = {
  welcome: { delay: { minutes: 3 }, hours: open },
  followUp: { delay: { days: 2 }, hours: open },
  winBack: { delay: { days: 10 }, hours: quiet },
}

/** When the first message of a run that begins now goes out, if nothing ends it before. */
export function firstMessageAt(name: SequenceName, from: Date): Date {
  const { delay, hours } = beginnings[name]
  return nextOpening(later(from, delay, timeZone), hours, timeZone)
}

const introduced = { nome: '{{first_name}}', vendedor: '{{owner}}', empresa: shortName }
const about = (assunto: string) => ({ ...introduced, assunto })

/** What the company sends by itself, with the templates of its number. */
export const sequencesWith = (template: (name: string) => number) =>
  ({
    welcome: {
      name: 'Boas-vindas',
      sending_hours: open,
      steps: [
        {
          id: 'ola',
          type: 'template',
          delay: beginnings.welcome.delay,
          template_id: template('boas_vindas'),
          variables: introduced,
        },
        { id: 'resposta', type: 'wait_reply', timeout: { days: 1 }, on_reply: 'end' },
        {
          id: 'de_novo',
          type: 'template',
          template_id: template('retomar_conversa'),
          variables: about('o seu orçamento'),
        },
        { id: 'mais_uma_chance', type: 'wait_reply', timeout: { days: 3 }, on_reply: 'end' },
        {
          id: 'ultima',
          type: 'template',
          template_id: template('retomar_conversa'),
          variables: about('a economia na sua conta de luz'),
        },
        { id: 'ultima_chance', type: 'wait_reply', timeout: { days: 4 }, on_reply: 'end' },
        {
          id: 'ligar',
          type: 'create_task',
          task: {
            subject: 'Ligar para {{first_name}}: não respondeu no WhatsApp',
            type: 'call',
            priority: 'high',
          },
        },
      ],
    },
    followUp: {
      name: 'Retorno da proposta',
      sending_hours: open,
      stop_on_stage_change: true,
      steps: [
        {
          id: 'duvidas',
          type: 'message',
          delay: beginnings.followUp.delay,
          text: 'Oi, {{first_name}}! Conseguiu olhar a proposta? Se ficou alguma dúvida, te explico por aqui mesmo.',
          when_window_closed: 'template',
          fallback: { template_id: template('retomar_conversa'), variables: about('a proposta que enviei') },
        },
        {
          id: 'ultima_chamada',
          type: 'template',
          delay: { days: 4 },
          template_id: template('retomar_conversa'),
          variables: about('o valor da sua proposta, que vence esta semana'),
        },
        {
          id: 'condicao_nova',
          type: 'template',
          delay: { days: 9 },
          template_id: template('retomar_conversa'),
          variables: about('uma condição nova para a sua proposta'),
        },
        {
          id: 'ligar',
          type: 'create_task',
          delay: { days: 2 },
          task: { subject: 'Ligar para {{first_name}} sobre a proposta', type: 'call' },
        },
      ],
    },
    winBack: {
      name: 'Reconquista',
      sending_hours: quiet,
      stop_on_stage_change: true,
      steps: [
        {
          id: 'oferta',
          type: 'template',
          delay: beginnings.winBack.delay,
          template_id: template('oferta_da_semana'),
          variables: [introduced.empresa, '{{first_name}}', 'a instalação completa', 'instalacao'],
        },
        { id: 'resposta', type: 'wait_reply', timeout: { days: 5 }, on_reply: 'ligar' },
        {
          id: 'daqui_a_um_mes',
          type: 'template',
          delay: { days: 25 },
          template_id: template('retomar_conversa'),
          variables: about('a sua economia na conta de luz'),
        },
        {
          id: 'ligar',
          type: 'create_task',
          delay: { hours: 1 },
          task: { subject: 'Ligar para {{first_name}}: vale tentar de novo?', type: 'call', due_in_days: 1 },
        },
      ],
    },
  }) satisfies Record<SequenceName, NewSequence>
