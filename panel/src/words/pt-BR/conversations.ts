export const conversations = {
  title: 'Conversas',
}
