export const start = {
  title: 'Primeiros passos',
}
