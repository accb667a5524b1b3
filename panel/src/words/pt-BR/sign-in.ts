export const signIn = {
  title: 'Entrar no Funil',
  email: 'E-mail',
  password: 'Senha',
  account: 'Conta',
  chooseAccount: 'Seu acesso abre mais de uma conta. Escolha em qual entrar.',
  submit: 'Entrar',
  forgotten: 'Esqueci a senha, ou é a primeira vez',
  forgottenTitle: 'Receber um link de acesso',
  forgottenHelp: 'Diga seu e-mail. Um administrador verá o pedido e enviará um link.',
  forgottenSubmit: 'Pedir o link',
  forgottenDone:
    'Se o e-mail estiver cadastrado, um administrador verá o pedido e enviará um link de acesso.',
  back: 'Voltar para a entrada',
  linkTitle: 'Seu link de acesso',
  linkHelp: 'O link vale uma vez, e só é usado quando você entra.',
  showPassword: 'Mostrar ou esconder a senha',
}
