import type { signIn as words } from '../pt-BR/sign-in.ts'

export const signIn: typeof words = {
  title: 'Entrar en Funil',
  email: 'Correo electrónico',
  password: 'Contraseña',
  account: 'Cuenta',
  chooseAccount: 'Tiene acceso a más de una cuenta. Elija una.',
  submit: 'Entrar',
  forgotten: 'Olvidé la contraseña, o es mi primera vez',
  forgottenTitle: 'Recibir un enlace de acceso',
  forgottenHelp: 'Escriba su correo. Un administrador verá la solicitud y le enviará un enlace.',
  forgottenSubmit: 'Pedir el enlace',
  forgottenDone:
    'Si el correo está registrado, un administrador verá la solicitud y enviará un enlace de acceso.',
  back: 'Volver a la entrada',
  linkTitle: 'Su enlace de acceso',
  linkHelp: 'El enlace sirve una sola vez, y solo se usa cuando usted entra.',
  showPassword: 'Mostrar u ocultar la contraseña',
}
