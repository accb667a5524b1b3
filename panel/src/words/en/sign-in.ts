import type { signIn as words } from '../pt-BR/sign-in.ts'

export const signIn: typeof words = {
  title: 'Sign in to Funil',
  email: 'E-mail',
  password: 'Password',
  account: 'Account',
  chooseAccount: 'You have access to more than one account. Choose one.',
  submit: 'Sign in',
  forgotten: 'I forgot my password, or this is my first time',
  forgottenTitle: 'Get a sign-in link',
  forgottenHelp: 'Tell us your e-mail. An admin will see your request and send you a link.',
  forgottenSubmit: 'Ask for the link',
  forgottenDone: 'If this e-mail is known, an admin will see your request and send you a sign-in link.',
  back: 'Back to signing in',
  linkTitle: 'Your sign-in link',
  linkHelp: 'The link works once, and is only used when you sign in.',
  showPassword: 'Show or hide the password',
}
