import { cpus, totalmem } from 'node:os'
import type { Figures } from './load.ts'

export function printHead() {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  console.log(`${cpus().length} × ${cpus()[0]!.model.trim()}, ${gigabytes} GB, Node ${process.version}\n`)
  print('', ['requests/s', '', '', 'p50 ms', '', 'p99 ms', ''])
  print('', ['ours', 'bare', 'ratio', 'ours', 'bare', 'ours', 'bare'])
}

/** One kind of work: the middle of our rounds beside the middle of the bare server's. */
export function printRow(name: string, ours: Figures[], bare: Figures[]) {
  const of = (figure: keyof Figures) => [mean(ours, figure), mean(bare, figure)] as const
  const [rate, bareRate] = of('perSecond')
  print(name, [
    rate.toFixed(0),
    bareRate.toFixed(0),
    (rate / bareRate).toFixed(2),
    ...[...of('p50'), ...of('p99')].map((ms) => ms.toFixed(1)),
  ])
}

const mean = (rounds: Figures[], figure: keyof Figures) =>
  rounds.reduce((sum, round) => sum + round[figure], 0) / rounds.length

const print = (name: string, cells: string[]) =>
  console.log(name.padEnd(14) + cells.map((cell) => cell.padStart(11)).join(''))
