import type { start as words } from '../pt-BR/start.ts'

export const start: typeof words = {
  title: 'Getting started',
  help: 'In a few minutes the team sells from here. In any order you like.',
  progress: (done, all) => `${done} of ${all} done`,
  done: 'Done',
  steps: {
    company: { title: 'Name the company', help: 'And check time zone, language and country.' },
    pipeline: { title: 'Shape the pipeline', help: 'Stages with the names that your team uses.' },
    whatsapp: {
      title: 'Connect or try WhatsApp',
      help: 'Connect your number. Or use the test one: write as a customer, and answer.',
    },
    colleague: { title: 'Invite a colleague', help: 'Create their access and send them the link.' },
    lead: { title: 'Get the first lead', help: 'Create one on the board, or let a customer write.' },
    key: {
      title: 'Connect your site or another system',
      help: 'Create an API key and copy the example. Done once it was used.',
    },
  },
  go: {
    company: 'Fill in',
    pipeline: 'Open the pipeline',
    whatsapp: 'Connect a number',
    lead: 'See the board',
  },
  kinds: {
    choose: 'Choose a template',
    title: 'What kind of business is it?',
    help: (name) =>
      `The pipeline ${name} is still empty: its stages become these. Won and lost stay as they are.`,
    chosen: (name) => `Stages for ${name} in your pipeline.`,
    of: {
      services: {
        name: 'Services and consulting',
        stages: 'New contact → Discovery → Proposal sent → Negotiation',
      },
      realEstate: {
        name: 'Real estate',
        stages: 'New contact → Needs understood → Viewing booked → Viewing done → Offer → Paperwork',
      },
      solar: {
        name: 'Solar energy',
        stages: 'New contact → Power bill received → Site visit → Proposal sent → Negotiation → Financing',
      },
      clinic: {
        name: 'Clinic and beauty',
        stages: 'New contact → Assessment booked → Assessment done → Quote sent',
      },
      school: {
        name: 'Courses and schools',
        stages: 'New contact → Course chosen → Class or visit booked → Proposal sent → Enrolment',
      },
      shop: { name: 'Shop', stages: 'New contact → Product chosen → Quote sent → Waiting for payment' },
    },
  },
  dismiss: 'Do not show again',
  dismissed: 'Put away. You find these steps in your account menu.',
  bringBack: 'Show in the navigation',
  allDone: 'All set. Happy selling.',
}
