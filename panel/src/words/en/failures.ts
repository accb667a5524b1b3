import { plural } from '../plural.ts'
import type { failures as words } from '../pt-BR/failures.ts'

const seconds = plural('en', { one: '{n} second', other: '{n} seconds' })
const characters = plural('en', { one: '{n} character', other: '{n} characters' })

export const failures: typeof words = {
  title: 'Could not load this',
  unexpected: 'Something went wrong. Reload the page and try again.',
  offline: 'No connection to the server. Check your internet and try again.',
  signedOut: 'Your session has ended. Sign in again.',
  forbidden: 'You are not allowed to do this. Ask an admin.',
  gone: 'This no longer exists. Go back and choose another.',
  stale: 'Somebody changed this before you did. Check it and try again.',
  tooMany: (n) => `Too many attempts. Wait ${seconds(n)}.`,
  ours: 'The server failed. Try again in a moment.',
  blocked: 'This stage has mandatory tasks that are pending. Complete them before you move the lead.',
  limitReached: 'Your plan’s limit has been reached. Talk to an admin.',
  noSuchPage: 'This page does not exist',
  goHome: 'Go to the pipeline',
  skipped: {
    window_closed: 'The 24-hour window is closed. Use a template.',
    no_phone: 'This lead has no phone. Add one before you send.',
    no_instance: 'No WhatsApp number is connected. Connect one in the settings.',
    instance_disconnected: 'The WhatsApp number is disconnected. Reconnect it in the settings.',
    template_not_approved: 'This template is not approved yet. Choose another.',
    templates_unsupported: 'This number cannot send templates. Use one of the official API.',
    opted_out: 'This contact asked not to receive messages.',
  },
  field: {
    required: 'Fill in this field.',
    taken: 'Already in use. Choose another.',
    choose: 'Choose one of the options.',
    email: 'Enter a valid e-mail address.',
    url: 'Enter a valid address, with https://.',
    date: 'Enter a valid date.',
    format: 'Check how it is written.',
    variable: (name: string) => `${name} does not exist. Choose a variable from the menu.`,
    address: 'Use an https:// address that anybody can reach.',
    future: 'Choose a date in the future.',
    number: 'Enter a number.',
    password: 'The current password is not right.',
    shortest: (n) => `Use at least ${characters(n)}.`,
    longest: (n) => `Use at most ${characters(n)}.`,
    least: (n) => `The least is ${n}.`,
    most: (n) => `The most is ${n}.`,
  },
}
