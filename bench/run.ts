import { parseArgs } from 'node:util'
import { benchLeads } from './leads.ts'
import { benchSequences } from './sequences.ts'
import { benchWebhooks } from './webhooks.ts'

// npm run bench -- [leads | sequences | webhooks] [--leads N] [--seconds N] [--connections N] [--only get,list]
const suites = { leads: benchLeads, sequences: benchSequences, webhooks: benchWebhooks }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    leads: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
  },
})
const suite = suites[(positionals[0] ?? 'leads') as keyof typeof suites]
if (!suite)
  throw new Error(`There is no benchmark "${positionals[0]}". Choose: ${Object.keys(suites).join(', ')}.`)
await suite({
  leads: Number(values.leads),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
  only: values.only.split(',').filter((name) => name !== ''),
})
